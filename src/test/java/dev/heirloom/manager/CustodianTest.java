package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.ownership.Transfer;
import dev.heirloom.supervision.RestartPolicy;
import dev.heirloom.supervision.RestartType;
import dev.heirloom.table.Failpoint;
import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.TableClosedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** The custodian against an executor whose callbacks come twice, late, or when nobody expects them. */
class CustodianTest {
    private static final String GUEST = "Guest";

    private final World world = new World();
    private final Catalog catalog =
            new Catalog(world, world, Runnable::run, new Safe(() -> Path.of("unused"), Runnable::run));

    private Custodian<String, String> open(TableSpec<String, String> spec) {
        Custodian<String, String> custodian = catalog.add(spec);
        custodian.open();
        return custodian;
    }

    private static TableSpec<String, String> spec() {
        return TableSpec.set("strings", String.class, row -> row)
                .restart(RestartPolicy.DEFAULT.withIntensity(3, Duration.ofMinutes(1)));
    }

    @Test
    void done_saidTwice_reclaimsOnce() {
        Custodian<String, String> custodian = open(spec());
        world.dies();
        ConsumerTask<?, ?> task = world.run();
        task.done(new Expected());
        long epoch = custodian.status().epoch();
        task.done(null);
        task.done(new Expected());
        assertThat(custodian.status().epoch()).isEqualTo(epoch);
        assertThat(world.submitted).hasSize(1);
        assertThat(world.told(TableEvent.Reclaimed.class)).hasSize(1);
        assertThat(custodian.status().restarts()).isEqualTo(1);
    }

    @Test
    void done_ofAnOldEpoch_hasNoEffectOnTheSuccessor() {
        Custodian<String, String> custodian = open(spec());
        world.dies();
        ConsumerTask<?, ?> first = world.run();
        first.done(new Expected());
        world.script = (table, requests) -> {
            first.done(null); // late, while the successor works
            assertThat(custodian.status().isOwned()).isTrue();
        };
        ConsumerTask<?, ?> second = world.run();
        assertThat(second.failure()).isNull();
        assertThat(custodian.status().isOwned()).isTrue(); // nobody has said yet that it returned
        assertThat(custodian.status().handOvers()).isEqualTo(2);
    }

    @Test
    void done_beforeTheStart_backsOffAndTriesAgain_andIsNoDeath() {
        Custodian<String, String> custodian = open(spec());
        for (int i = 1; i <= 10; i++) { // more often than the intensity allows deaths
            world.submitted.remove().done(new RejectedExecutionException("dropped"));
            assertThat(custodian.status().state()).isEqualTo("BackingOff");
            assertThat(custodian.status().why()).contains("dropped");
            world.pass(Duration.ofSeconds(20));
        }
        assertThat(custodian.status().state()).isEqualTo("Starting");
        assertThat(custodian.status().restarts()).isZero();
        assertThat(world.told(TableEvent.Rejected.class)).hasSize(10);
        assertThat(world.told(TableEvent.Orphaned.class)).isEmpty();
    }

    @Test
    void taskThatRunsThoughItWasDropped_isFenced() {
        Custodian<String, String> custodian = open(spec());
        ConsumerTask<?, ?> dropped = world.submitted.element();
        dropped.done(new RejectedExecutionException("dropped"));
        world.script = (table, requests) -> table.atomically(t -> t.insert("late"));
        world.run();
        assertThat(dropped.failure()).isNotNull();
        assertThat(custodian.table().size()).isZero();
        assertThat(custodian.status().state()).isEqualTo("BackingOff");
    }

    @Test
    void submissionRefused_evenIfTheListenerIsToldToo_countsOnce() {
        world.rejecting = true;
        world.reportingRejections = true;
        Custodian<String, String> custodian = open(spec());
        assertThat(custodian.status().state()).isEqualTo("BackingOff");
        assertThat(custodian.status().why()).contains("full");
        assertThat(world.told(TableEvent.Rejected.class)).hasSize(1);
        assertThat(world.delayed).hasSize(1);

        world.rejecting = false;
        world.pass(Duration.ofSeconds(1));
        world.script =
                (table, requests) -> assertThat(custodian.status().isOwned()).isTrue();
        assertThat(world.run().failure()).isNull();
        assertThat(custodian.status().lastFailure()).isNull();
    }

    @Test
    void giftThatNoThreadWasFreeFor_isOfferedAgain_andTheRowsOfATableWithoutHeirStay() {
        Custodian<String, String> custodian = open(spec().heir(Heir.NONE));
        world.script = (table, requests) -> {
            table.atomically(t -> t.insert("a"));
            world.rejecting = true;
            table.giveAway(GUEST, "gift");
        };
        world.run().done(null);
        assertThat(custodian.status().state()).isEqualTo("BackingOff");
        world.rejecting = false;
        world.pass(Duration.ofSeconds(1));
        ConsumerTask<?, ?> guest = world.submitted.element();
        assertThat(guest.owner().consumer()).isEqualTo(GUEST);
        assertThat(guest.owner().transfer().reason()).isEqualTo(Transfer.Reason.GIVEN_AWAY);
        assertThat(guest.owner().transfer().data()).isEqualTo("gift");
        world.script = (table, requests) -> assertThat(table.find("a")).isPresent();
        assertThat(world.run().failure()).isNull();
    }

    @Test
    void ownerThatHangs_isReplacedWhileItsTaskRuns_andWhatItSaysLaterHasNoEffect() {
        Custodian<String, String> custodian = open(spec().heartbeat(Duration.ofMillis(10)));
        world.script = (owned, requests) -> {
            world.pass(Duration.ofMinutes(1));
            custodian.tick(true);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(custodian.status().zombies()).hasSize(1);
            assertThatThrownBy(() -> owned.atomically(t -> t.insert("late"))).isInstanceOf(NotOwnerException.class);
        };
        ConsumerTask<?, ?> task = world.run();
        assertThat(task.failure()).isNull();
        long epoch = custodian.status().epoch();
        task.done(null);
        assertThat(custodian.status().zombies()).isEmpty();
        assertThat(world.told(TableEvent.ZombieEnded.class)).hasSize(1);
        assertThat(custodian.status().epoch()).isEqualTo(epoch);
        assertThat(world.submitted).hasSize(1);
    }

    @Test
    void lateWatchdog_skipsARound() {
        Custodian<String, String> custodian = open(spec().heartbeat(Duration.ofMillis(10)));
        world.script = (owned, requests) -> {
            world.pass(Duration.ofMinutes(1));
            custodian.tick(false);
            assertThat(owned.isOwned()).isTrue();
        };
        assertThat(world.run().failure()).isNull();
    }

    @Test
    void lockThatIsHeld_makesTheTableStuck_untilItIsFree_andRetriesDoNotPileUp() {
        Custodian<String, String> custodian = open(spec());
        ConsumerTask<?, ?> task = world.submitted.element();
        custodian.arm(point -> {
            if (point == Failpoint.IN_COMMIT) { // the lock is in the hand of this thread, so another tells the rest
                CompletableFuture.runAsync(() -> beStuck(custodian, task)).join();
            }
        });
        world.script = (owned, requests) -> owned.atomically(t -> t.insert("a"));
        world.run();
        assertThat(task.failure()).isNull();
        custodian.tick(true);
        assertThat(custodian.status().state()).isEqualTo("Starting");
        assertThat(custodian.table().size()).isEqualTo(1);
        assertThat(world.told(TableEvent.Reclaimed.class)).hasSize(1);
    }

    private void beStuck(Custodian<String, String> custodian, ConsumerTask<?, ?> task) {
        task.done(new Expected());
        for (int i = 0; i < 20; i++) {
            world.pass(Duration.ofMillis(100));
            custodian.tick(true);
            assertThat(custodian.status().state()).isEqualTo("Owned");
            assertThat(world.delayed).hasSize(1);
        }
        world.pass(Duration.ofNanos(Custodian.STUCK_NANOS));
        custodian.tick(true);
        custodian.tick(true);
        assertThat(custodian.status().state()).isEqualTo("Stuck");
        assertThat(world.told(TableEvent.Stuck.class)).hasSize(1);
        assertThat(world.delayed).isEmpty(); // the clock is enough from now on
    }

    @Test
    void taskThatDoesNotStart_isReportedByName_andMayStartLater() {
        Custodian<String, String> custodian = open(spec());
        world.pass(Duration.ofNanos(Custodian.NOT_STARTED_NANOS));
        custodian.tick(true);
        assertThat(custodian.status().notStarted()).isFalse();
        world.pass(Duration.ofMillis(100));
        custodian.tick(true);
        custodian.tick(true);
        assertThat(custodian.status().notStarted()).isTrue();
        assertThat(world.told(TableEvent.NotStarted.class)).hasSize(1);
        world.script = (table, requests) -> {
            assertThat(custodian.status().notStarted()).isFalse();
            assertThat(custodian.status().isOwned()).isTrue();
        };
        assertThat(world.run().failure()).isNull();
    }

    @Test
    void afterTheClose_nothingHasAnEffect() {
        Custodian<String, String> custodian = open(spec());
        TableRef<String, String> table = new TableRef<>(custodian::table);
        ConsumerTask<?, ?> task = world.submitted.element();
        var waiting = table.ask(t -> t.insert("a")).toCompletableFuture();
        custodian.close();
        custodian.close();
        assertThat(world.cancelled).isEqualTo(1);
        assertThat(waiting).isCompletedExceptionally();
        assertThatThrownBy(() -> table.call(t -> t.insert("b"))).isInstanceOf(TableClosedException.class);

        world.run();
        task.done(null);
        custodian.tick(true);
        custodian.revive();
        world.pass(Duration.ofMinutes(1));
        assertThat(custodian.status().state()).isEqualTo("Closed");
        assertThat(world.submitted).isEmpty();
        assertThat(world.delayed).isEmpty();
        assertThat(world.told(TableEvent.Closed.class))
                .singleElement()
                .satisfies(closed -> assertThat(closed.epoch())
                        .isEqualTo(custodian.status().epoch())
                        .isPositive());
    }

    @Test
    void ownerThatSwallowsInterrupts_noticesTheClose() {
        Custodian<String, String> custodian = open(spec());
        world.script = (owned, requests) -> {
            custodian.close();
            assertThat(owned.isOwned()).isFalse();
            assertThatThrownBy(() -> requests.serve(Duration.ZERO)).isInstanceOf(NotOwnerException.class);
        };
        assertThat(world.run().failure()).isNull();
        assertThat(custodian.zombies()).isEmpty();
    }

    @Test
    void backOff_isEndedByTheClose() {
        Custodian<String, String> custodian = open(spec().restart(RestartType.PERMANENT));
        world.dies();
        world.run().done(new Expected());
        world.run().done(new Expected());
        assertThat(custodian.status().state()).isEqualTo("BackingOff");
        custodian.close();
        world.pass(Duration.ofMinutes(1));
        assertThat(world.submitted).isEmpty();
    }
}
