package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A writer that was replaced changes nothing, whenever it finds out. */
class FencingTest extends EngineTest {
    private final VersionedTable<String, Item> table = table(TableType.SET, item("a", 1));
    private final Commitment<@Nullable Item> outcome = new Commitment<>();

    @Test
    void commit_fencedBefore_refused() {
        assertThat(table.tryFence(EPOCH + 1)).isTrue();
        assertRefused(point -> {});
    }

    @Test
    void commit_fencedWhileTheFunctionRuns_refused() {
        assertRefused(point -> {
            if (point == Failpoint.IN_FUNCTION) {
                assertThat(table.tryFence(EPOCH + 1)).isTrue();
            }
        });
    }

    @Test
    void commit_fencedJustBeforeIt_refused() {
        assertRefused(point -> {
            if (point == Failpoint.BEFORE_COMMIT) {
                assertThat(table.tryFence(EPOCH + 1)).isTrue();
            }
        });
    }

    private void assertRefused(Failpoint.Hook hook) {
        assertThatThrownBy(() -> as(EPOCH, table, unit -> unit.insert(item("a", 2)), outcome, hook))
                .isInstanceOf(NotOwnerException.class)
                .isInstanceOf(NotAppliedException.class)
                .hasMessageContaining("items");
        assertThat(outcome.isApplied()).isFalse();
        assertThat(table.stream()).containsExactly(item("a", 1));
        Item successor = as(EPOCH + 1, table, unit -> unit.insert(item("a", 3)), new Commitment<>(), null);
        assertThat(table.find("a")).containsSame(successor);
    }

    @Test
    void commit_ofAnEpochThatIsYetToCome_refused() {
        assertThatThrownBy(() -> as(EPOCH + 1, table, unit -> unit.insert(item("a", 2)), outcome, null))
                .isInstanceOf(NotOwnerException.class);
        assertThat(table.find("a")).contains(item("a", 1));
    }

    @Test
    void commit_ofAUnitThatOnlyReads_fenced_refused() {
        assertThat(table.tryFence(EPOCH + 1)).isTrue();
        assertThatThrownBy(() -> as(EPOCH, table, unit -> unit.find("a").orElseThrow(), outcome, null))
                .isInstanceOf(NotOwnerException.class);
        assertThat(outcome.isApplied()).isFalse();
    }

    @Test
    void commit_ofAUnitThatOnlyReads_isApplied() {
        long commit = table.latestCommit();
        as(EPOCH, table, unit -> unit.find("a").orElseThrow(), outcome, null);
        assertThat(outcome.isApplied()).isTrue();
        assertThat(outcome.result()).isEqualTo(item("a", 1));
        assertThat(table.latestCommit()).isEqualTo(commit);
    }

    @ParameterizedTest
    @EnumSource(
            value = Failpoint.class,
            names = {"IN_COMMIT", "BEFORE_PUBLICATION", "AFTER_PUBLICATION"})
    void tryFence_whileAWriterCommits_false_thenTheWriterIsApplied(Failpoint point) throws Exception {
        CountDownLatch inCommit = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<Item> writing = writeOnAnotherThread(at -> {
            if (at == point) {
                inCommit.countDown();
                waitFor(goOn);
            }
        });
        Thread writer = new Thread(writing, "writer");
        writer.start();
        inCommit.await();
        assertThat(table.tryFence(EPOCH + 1)).isFalse();
        assertThat(table.tryClose()).isFalse();
        assertThat(table.epoch()).isEqualTo(EPOCH);
        assertThat(outcome.isApplied()).isEqualTo(point == Failpoint.AFTER_PUBLICATION);
        goOn.countDown();
        writer.join();
        assertThat(writing.get()).isEqualTo(item("a", 2));
        assertThat(outcome.isApplied()).isTrue();
        assertThat(table.tryFence(EPOCH + 1)).isTrue();
        assertThat(table.find("a")).contains(item("a", 2));
    }

    @Test
    void tryFence_whileAFunctionRuns_true_thenTheWriterIsRefused() throws Exception {
        CountDownLatch inFunction = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        FutureTask<Item> writing = writeOnAnotherThread(at -> {
            if (at == Failpoint.IN_FUNCTION) {
                inFunction.countDown();
                waitFor(goOn);
            }
        });
        Thread writer = new Thread(writing, "writer");
        writer.start();
        inFunction.await();
        assertThat(table.tryFence(EPOCH + 1)).isTrue();
        goOn.countDown();
        writer.join();
        assertThatThrownBy(writing::get).hasCauseInstanceOf(NotOwnerException.class);
        assertThat(outcome.isApplied()).isFalse();
        assertThat(table.find("a")).contains(item("a", 1));
    }

    @Test
    void fence_byTheOwner_raisesTheEpoch() {
        table.fence(EPOCH, EPOCH + 5);
        assertThat(table.epoch()).isEqualTo(EPOCH + 5);
        assertThatThrownBy(() -> insert(table, item("a", 2))).isInstanceOf(NotOwnerException.class);
    }

    @Test
    void fence_byAnother_refused() {
        assertThatThrownBy(() -> table.fence(EPOCH - 1, EPOCH + 5)).isInstanceOf(NotOwnerException.class);
        assertThat(table.epoch()).isEqualTo(EPOCH);
    }

    @Test
    void epoch_neverSinks() {
        assertThat(table.tryFence(EPOCH)).isFalse();
        assertThatThrownBy(() -> table.fence(EPOCH, EPOCH - 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(table.epoch()).isEqualTo(EPOCH);
        insert(table, item("a", 2));
    }

    @Test
    void closed_commitsAreRefused_rowsStayReadable() {
        assertThat(table.tryClose()).isTrue();
        assertThat(table.tryClose()).isTrue();
        assertThatThrownBy(() -> as(EPOCH, table, unit -> unit.insert(item("a", 2)), outcome, null))
                .isInstanceOf(TableClosedException.class)
                .isInstanceOf(NotAppliedException.class);
        assertThatThrownBy(() -> table.fence(EPOCH, EPOCH + 1)).isInstanceOf(TableClosedException.class);
        assertThat(outcome.isApplied()).isFalse();
        assertThat(table.stream()).containsExactly(item("a", 1));
    }

    private FutureTask<Item> writeOnAnotherThread(Failpoint.Hook hook) {
        return new FutureTask<>(() -> table.atomically(EPOCH, unit -> unit.insert(item("a", 2)), outcome, hook));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
