package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.Access;
import dev.heirloom.table.Failpoint;
import dev.heirloom.table.NotAppliedException;
import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.TableClosedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that come, go and change their names while the application runs. */
class CatalogTest {
    private final World world = new World();
    private final Catalog catalog =
            new Catalog(world, world, Runnable::run, new Safe(() -> Path.of("unused"), Runnable::run));

    private static TableSpec<String, String> spec(String name) {
        return TableSpec.set(name, String.class, row -> row);
    }

    /** Has the next owner do something, and return. */
    private void own(World.Script script) {
        world.script = script;
        assertThat(world.runAndTell().failure()).isNull();
    }

    private void assertGone(TableRef<String, String> table) {
        assertThatThrownBy(table::size).isInstanceOf(TableClosedException.class);
        assertThatThrownBy(() -> table.call(t -> t.insert("a"))).isInstanceOf(TableClosedException.class);
        assertThatThrownBy(() -> table.atomically(t -> t.insert("a"))).isInstanceOf(NotAppliedException.class);
        assertThat(table.ask(t -> t.insert("a")).toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(TableClosedException.class);
    }

    private void assertNothingLeft() {
        assertThat(catalog.names()).isEmpty();
        assertThat(catalog.zombies()).isEmpty();
        assertThat(catalog.isLeaving()).isFalse();
        assertThat(world.submitted.stream().filter(task -> task.owner().isCurrent()))
                .isEmpty();
        world.pass(Duration.ZERO); // what is to be told
        assertThat(world.delayed).isEmpty();
    }

    // ---- create, find ----

    @Test
    void create_offersTheTable_andItIsFound() {
        TableRef<String, String> table = catalog.create(spec("b"));
        catalog.create(spec("a"));
        assertThat(catalog.names()).containsExactly("a", "b");
        assertThat(catalog.find("b")).map(TableRef::name).contains("b");
        assertThat(catalog.find("c")).isEmpty();
        own((owned, requests) -> owned.atomically(t -> t.insert("row")));
        assertThat(table.find("row")).contains("row");
        assertThat(catalog.ref(spec("b")).size()).isEqualTo(1);
        TableStatus status = catalog.status("b");
        assertThat(status.name()).isEqualTo("b");
        assertThat(status.home()).isEqualTo("ServingConsumer");
        assertThat(status.rows()).isEqualTo(1);
        assertThat(status.memoryBytes()).isPositive();
        assertThat(catalog.status("a").memoryBytes()).isZero();
    }

    @Test
    void create_whereTheNameIsTaken_isRefused_andTheOtherTableStays() {
        TableRef<String, String> first = catalog.create(spec("a"));
        own((owned, requests) -> owned.atomically(t -> t.insert("row")));
        assertThatThrownBy(() -> catalog.create(spec("a").access(Access.PUBLIC)))
                .isInstanceOf(TableExistsException.class)
                .hasMessageContaining("a");
        assertThat(first.find("row")).isPresent();
        assertThat(world.told(TableEvent.Created.class)).hasSize(1);
    }

    @Test
    void create_ofAConsumerThatIsNotLive_leavesTheTableVacant() {
        world.missing.add("ServingConsumer");
        TableRef<String, String> table = catalog.create(spec("a"));
        assertThat(catalog.status("a").isVacant()).isTrue();
        assertThatThrownBy(() -> table.call(t -> t.size())).hasMessageContaining("is not deployed");
    }

    @Test
    void create_byMany_oneSucceeds() {
        AtomicInteger refused = new AtomicInteger();
        List<CompletableFuture<Void>> all = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try {
                        var unused = catalog.add(spec("a"));
                    } catch (TableExistsException e) {
                        refused.incrementAndGet();
                    }
                }))
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(refused).hasValue(7);
    }

    @Test
    void create_afterTheEnd_isRefused() {
        catalog.close();
        assertThatThrownBy(() -> catalog.create(spec("a"))).isInstanceOf(TableClosedException.class);
        assertThat(catalog.names()).isEmpty();
    }

    @Test
    void unknownName_isAnErrorThatNamesTheTables() {
        catalog.create(spec("known"));
        assertUnknown(() -> catalog.status("a"));
        assertUnknown(() -> catalog.delete("a"));
        assertUnknown(() -> catalog.rename("a", "b"));
        assertUnknown(() -> catalog.ref(spec("a")).name());
        assertThat(catalog.ifPresent("a", Custodian::revive)).isFalse();
        assertThat(catalog.ifPresent("known", Custodian::revive)).isTrue();
    }

    private static void assertUnknown(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(NoSuchTableException.class).hasMessageContainingAll(" a", "known");
    }

    // ---- delete ----

    @Test
    void delete_theTableIsGoneAtOnce_andItsNameIsFree() {
        TableRef<String, String> table = catalog.create(spec("a"));
        var waiting = table.ask(t -> t.insert("waits")).toCompletableFuture();
        catalog.delete("a");
        assertThat(waiting)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(TableClosedException.class);
        assertGone(table);
        assertThat(world.cancelled).isEqualTo(1);
        assertNothingLeft();
        assertThatThrownBy(() -> catalog.delete("a")).isInstanceOf(NoSuchTableException.class);
        world.submitted.clear();

        TableRef<String, String> second = catalog.create(spec("a"));
        own((owned, requests) -> owned.atomically(t -> t.insert("row")));
        assertThat(second.size()).isEqualTo(1);
        assertGone(table); // a reference means a table, not a name
        assertThat(world.told(TableEvent.Closed.class)).hasSize(1);
    }

    @Test
    void delete_ofATableThatIsBackingOff_nothingComesBack() {
        world.rejecting = true;
        catalog.create(spec("a"));
        assertThat(catalog.status("a").state()).isEqualTo("BackingOff");
        catalog.delete("a");
        world.rejecting = false;
        world.pass(Duration.ofMinutes(1));
        assertThat(world.submitted).isEmpty();
        assertNothingLeft();
    }

    @Test
    void delete_whileTheOwnerWorks_fencesIt_andItsTaskIsNamedUntilItEnds() {
        TableRef<String, String> table = catalog.create(spec("a"));
        own((owned, requests) -> {
            catalog.delete("a");
            assertThat(world.cancelled).isEqualTo(1);
            assertThat(Thread.interrupted()).isTrue();
            assertGone(table);
            assertThat(owned.isOwned()).isFalse();
            assertThatThrownBy(() -> owned.atomically(t -> t.insert("late"))).isInstanceOf(NotAppliedException.class);
            assertThatThrownBy(() -> requests.serve(Duration.ZERO)).isInstanceOf(NotOwnerException.class);
            assertThat(catalog.zombies()).hasSize(1);
            assertThat(catalog.names()).isEmpty();
        });
        assertNothingLeft();
    }

    @Test
    void delete_whileTheOwnerCommits_isGoneAtOnce_andClosedWhenTheLockIsFree() {
        TableRef<String, String> table = catalog.create(spec("a").access(Access.PUBLIC));
        Custodian<String, String> custodian = catalog.custodian(spec("a").access(Access.PUBLIC));
        custodian.arm(point -> {
            if (point == Failpoint.IN_COMMIT) {
                CompletableFuture.runAsync(() -> {
                            catalog.delete("a");
                            assertGone(table);
                        })
                        .join();
            }
        });
        own((owned, requests) -> {
            owned.atomically(t -> t.insert("committed before the table was closed"));
            assertThat(catalog.custodians()).isEmpty();
            world.pass(Duration.ofMillis(1));
            assertThatThrownBy(() -> owned.atomically(t -> t.insert("late"))).isInstanceOf(NotAppliedException.class);
            Thread.interrupted();
        });
        assertNothingLeft();
    }

    // ---- delete, by the owner ----

    @Test
    void deleteByTheOwner_theTableIsGoneAtOnce_andTheTaskGoesOn() {
        TableRef<String, String> table = catalog.create(spec("a"));
        var waiting = table.ask(t -> t.insert("waits")).toCompletableFuture();
        own((owned, requests) -> {
            owned.atomically(t -> t.insert("row"));
            owned.delete();
            assertThat(waiting).isCompletedExceptionally();
            assertGone(table);
            assertThat(catalog.names()).isEmpty();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(world.cancelled).isZero();
            assertThat(owned.isOwned()).isFalse();
            assertThatThrownBy(() -> owned.atomically(t -> t.insert("late"))).isInstanceOf(NotAppliedException.class);
            assertThatThrownBy(owned::delete).isInstanceOf(NotOwnerException.class);
            assertThatThrownBy(() -> owned.rename("b")).isInstanceOf(NotOwnerException.class);
            assertThatThrownBy(() -> owned.giveAway("Other", null)).isInstanceOf(NotOwnerException.class);
            assertThatThrownBy(() -> requests.serve(Duration.ZERO)).isInstanceOf(NotOwnerException.class);
            assertThat(catalog.isLeaving()).isTrue();
        });
        assertNothingLeft();
        assertThat(world.told(TableEvent.Closed.class)).hasSize(1);
        assertThat(world.told(TableEvent.Reclaimed.class)).isEmpty();
    }

    @Test
    void deleteByTheOwner_whichGoesOn_isInterruptedWhenTheApplicationEnds() {
        catalog.create(spec("a"));
        own((owned, requests) -> {
            owned.delete();
            catalog.close();
            assertThat(catalog.zombies()).hasSize(1);
            assertThat(Thread.interrupted()).isTrue();
        });
        assertNothingLeft();
    }

    @Test
    void deleteWithinARequest_failsTheRequest() {
        TableRef<String, String> table = catalog.create(spec("a"));
        var asked = new CompletableFuture<Object>();
        world.script = (owned, requests) -> {
            var request = table.ask(t -> {
                owned.delete();
                return t.insert("row");
            });
            request.whenComplete((row, failure) -> asked.complete(failure));
            requests.serve(Duration.ZERO);
        };
        assertThat(world.runAndTell().failure()).isInstanceOf(NotOwnerException.class);
        assertThat(asked).isCompletedWithValueMatching(NotAppliedException.class::isInstance);
        assertNothingLeft();
    }

    // ---- rename ----

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rename_referencesStayValid_andTellTheNewName(boolean byOwner) {
        TableRef<String, String> used = catalog.create(spec("a"));
        TableRef<String, String> unused = catalog.ref(spec("a"));
        own((owned, requests) -> {
            owned.atomically(t -> t.insert("row"));
            if (byOwner) {
                owned.rename("b");
            } else {
                catalog.rename("a", "b");
            }
            assertThat(owned.name()).isEqualTo("b");
            assertThat(owned.isOwned()).isTrue();
            world.missing.add("Nobody");
            assertThatThrownBy(() -> owned.giveAway("Nobody", null)).hasMessageContaining("table b");
        });
        world.pass(Duration.ZERO);
        assertThat(used.name()).isEqualTo("b");
        assertThat(unused.name()).isEqualTo("b");
        assertThat(unused.find("row")).isPresent();
        assertThat(catalog.names()).containsExactly("b");
        assertThat(catalog.find("a")).isEqualTo(Optional.empty());
        assertThat(catalog.status("b").name()).isEqualTo("b");
        assertThat(world.submitted.element().name()).contains(" b ");
        assertThat(world.submitted.element().owner().transfer().table()).isEqualTo("b");
        assertThat(world.told(TableEvent.Renamed.class)).singleElement().satisfies(renamed -> {
            assertThat(renamed.table()).isEqualTo("b");
            assertThat(renamed.from()).isEqualTo("a");
        });
        assertThat(world.events)
                .extracting(TableEvent::sequence)
                .isSubsetOf(1L, 2L, 3L, 4L, 5L)
                .doesNotHaveDuplicates();
        catalog.delete("b");
        assertThat(catalog.names()).isEmpty();
        assertThatThrownBy(used::size).isInstanceOf(TableClosedException.class).hasMessageContaining("table b");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rename_toATakenOrWrongName_isRefused_andNothingIsChanged(boolean byOwner) {
        TableRef<String, String> table = catalog.create(spec("a"));
        own((owned, requests) -> {
            catalog.add(spec("taken"));
            for (String wrong : List.of("", "-a", "a b", "a/b", "x".repeat(101))) {
                assertThatThrownBy(() -> rename(byOwner ? () -> owned.rename(wrong) : () -> catalog.rename("a", wrong)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("name");
            }
            assertThatThrownBy(() -> rename(byOwner ? () -> owned.rename("taken") : () -> catalog.rename("a", "taken")))
                    .isInstanceOf(TableExistsException.class);
            rename(byOwner ? () -> owned.rename("a") : () -> catalog.rename("a", "a")); // which is no change
            assertThat(owned.isOwned()).isTrue();
        });
        assertThat(table.name()).isEqualTo("a");
        assertThat(catalog.names()).containsExactly("a", "taken");
        world.pass(Duration.ZERO);
        assertThat(world.told(TableEvent.Renamed.class)).isEmpty();
    }

    private static void rename(Runnable renaming) {
        renaming.run();
    }

    @Test
    void rename_freesTheFormerName_alsoForATableOfTheSameSpec() {
        TableSpec<String, String> spec = spec("a");
        TableRef<String, String> first = catalog.create(spec);
        catalog.rename("a", "b");
        TableRef<String, String> second = catalog.create(spec);
        assertThat(first.name()).isEqualTo("b");
        assertThat(second.name()).isEqualTo("a");
        assertThat(catalog.ref(spec).name()).isEqualTo("a");
        catalog.delete("a");
        assertThat(catalog.ref(spec).name()).isEqualTo("b");
    }

    @Test
    void rename_byManyAtOnce_neverLosesATable_orHasTwoOfAName() {
        catalog.add(spec("a"));
        catalog.add(spec("b"));
        List<CompletableFuture<Void>> all = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> renameAtRandom(i)))
                .toList();
        all.forEach(CompletableFuture::join);
        assertThat(catalog.names()).hasSize(2);
        assertThat(catalog.names())
                .allSatisfy(name ->
                        assertThat(catalog.find(name).map(TableRef::name)).contains(name));
    }

    private void renameAtRandom(int seed) {
        List<String> names = List.of("a", "b", "c");
        for (int i = seed; i < 2_000; i++) {
            try {
                catalog.custodian(names.get(i % 3));
                catalog.rename(catalog.custodian(names.get(i % 3)), names.get((i * 7 + seed) % 3));
            } catch (TableExistsException | NoSuchTableException e) {
                assertThat(e).hasMessageContaining("table"); // as is to be expected
            }
            assertThat(catalog.names()).hasSize(2); // never twice, nor not at all
        }
    }

    @Test
    void rename_whileItIsDeleted_isRefused() {
        Custodian<String, String> custodian = catalog.add(spec("a"));
        catalog.delete("a");
        assertThatThrownBy(() -> custodian.rename("b")).isInstanceOf(NoSuchTableException.class);
        assertThat(catalog.names()).isEmpty();
    }
}
