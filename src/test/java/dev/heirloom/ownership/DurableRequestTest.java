package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heirloom.ownership.Room.Row;
import dev.heirloom.table.OutcomeUnknownException;
import dev.heirloom.table.ReadOnlyTableException;
import dev.heirloom.table.RecordedLog;
import dev.heirloom.table.TableLoader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests to a table whose commits are written down: acknowledged when they are safe, in doubt if that cannot be had. */
class DurableRequestTest {
    private final Room room = new Room();
    private final RecordedLog<Row> log = new RecordedLog<>();
    private final CountDownLatch safe = new CountDownLatch(1);

    @BeforeEach
    void load() throws IOException {
        boolean open = room.table.load(empty -> {
            TableLoader<String, Row> loader = empty.loader();
            loader.put(List.of(new Row("kept", 1)), 1, Long.MAX_VALUE, null);
            loader.finish(1, 0, log);
        });
        assertThat(open).isTrue();
        room.start();
    }

    @AfterEach
    void end() {
        safe.countDown();
        room.close();
    }

    private void failing() {
        log.onSafe = () -> {
            throw new OutcomeUnknownException("rows", "its journal has failed", new IOException("no disk"));
        };
    }

    @Test
    void loaded_rowsAreThere_andTheNextOwnerGoesOn() {
        assertThat(room.value("kept")).isEqualTo(1);
        room.put("a", 1);
        room.reclaim(null);
        room.start();
        room.put("a", 2);
        assertThat(log.written).hasSize(2);
        assertThat(log.written.get(1).epoch()).isGreaterThan(log.written.get(0).epoch());
    }

    @Test
    void call_returnsWhenItIsSafe() throws InterruptedException {
        log.onSafe = this::awaitSafe;
        Thread caller = room.spawn(() -> room.put("a", 1));
        await().until(() -> room.value("a") == 1); // seen by others, and not acknowledged
        assertThat(caller.isAlive()).isTrue();
        safe.countDown();
        Room.join(caller);
        assertThat(room.table.tally().inDoubtCount()).isZero();
    }

    private void awaitSafe() {
        try {
            assertThat(safe.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void ask_completesWhenItIsSafe_andTheOwnerServesOthersMeanwhile() {
        log.onSafe = this::awaitSafe;
        CompletableFuture<Row> answer =
                room.ref.ask(unit -> unit.insert(new Row("a", 1))).toCompletableFuture();
        CompletableFuture<Row> other =
                room.ref.ask(unit -> unit.insert(new Row("b", 1))).toCompletableFuture();
        await().until(() -> room.value("b") == 1);
        assertThat(answer).isNotDone();
        assertThat(other).isNotDone();
        safe.countDown();
        assertThat(answer.join()).isEqualTo(new Row("a", 1));
        assertThat(other.join()).isEqualTo(new Row("b", 1));
    }

    @Test
    void call_thatIsNotSafe_isInDoubt() {
        failing();
        assertThatThrownBy(() -> room.put("a", 1))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("its journal has failed");
        assertThat(room.value("a")).isEqualTo(1); // visible, and perhaps not kept
        assertThat(room.table.tally().inDoubtCount()).isEqualTo(1);
    }

    @Test
    void ask_thatIsNotSafe_isInDoubt() {
        failing();
        CompletableFuture<Row> answer =
                room.ref.ask(unit -> unit.insert(new Row("a", 1))).toCompletableFuture();
        assertThatThrownBy(answer::join).hasCauseInstanceOf(OutcomeUnknownException.class);
        assertThat(room.table.tally().inDoubtCount()).isEqualTo(1);
    }

    @Test
    void requestThatOnlyReads_needsNoLog() {
        failing();
        log.onEntry = () -> {
            throw new ReadOnlyTableException("rows", "its journal has failed");
        };
        int value = room.ref.call(unit -> unit.find("kept").orElseThrow().value());
        assertThat(value).isEqualTo(1);
        assertThatThrownBy(() -> room.put("a", 1))
                .isInstanceOf(RequestFailedException.class)
                .hasCauseInstanceOf(ReadOnlyTableException.class);
        assertThat(room.value("a")).isZero();
        assertThat(room.table.tally().inDoubtCount()).isZero();
        assertThat(room.table.tally().notAppliedCount()).isEqualTo(1);
    }
}
