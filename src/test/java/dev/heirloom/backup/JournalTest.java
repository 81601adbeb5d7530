package dev.heirloom.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heirloom.backup.Notes.Note;
import dev.heirloom.table.Expiry;
import dev.heirloom.table.OutcomeUnknownException;
import dev.heirloom.table.ReadOnlyTableException;
import dev.heirloom.table.TableType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A journal gives back what was committed, stays small, and says so when it cannot. */
class JournalTest {
    private final FaultyDisk disk = new FaultyDisk();

    private Notes open(Durability durability, TableType type) throws IOException {
        return new Notes(disk, durability, Notes.schema(type), Notes.SEGMENT_SIZE);
    }

    private Notes open() throws IOException {
        return open(Durability.EVERY_SECOND, TableType.SET);
    }

    @ParameterizedTest
    @EnumSource
    void reopened_everyTypeHasItsRows_inTheirOrder(TableType type) throws IOException {
        Notes before = open(Durability.EVERY_SECOND, type);
        for (int i = 0; i < 100; i++) {
            before.put("k" + i % 7, i);
        }
        before.commit(unit -> unit.delete("k3"));
        Notes after = open(Durability.EVERY_SECOND, type);
        assertThat(after.contents()).isEqualTo(before.contents());
        assertThat(after.table.size()).isEqualTo(before.table.size());
        assertThat(after.table.latestCommit()).isEqualTo(before.table.latestCommit());
        assertThat(after.loaded.rows()).isEqualTo(before.table.size());
        after.put("k3", 1);
        assertThat(after.table.latestCommit()).isEqualTo(before.table.latestCommit() + 1);
    }

    @Test
    void reopened_whetherOrNotAnybodyHelpsToRead() throws IOException {
        Notes before = open();
        for (int i = 0; i < 2_000; i++) {
            before.put("k" + i, i);
            before.kept.urgent();
        }
        assertThat(disk.names()).hasSizeGreaterThan(10);
        AtomicInteger asked = new AtomicInteger();
        List<Executor> readers =
                List.of(Runnable::run, ForkJoinPool.commonPool(), task -> asked.incrementAndGet(), task -> {
                    throw new RejectedExecutionException("full");
                });
        for (Executor each : readers) {
            Notes after =
                    new Notes(disk, Durability.EVERY_SECOND, Notes.schema(TableType.SET), Notes.SEGMENT_SIZE, each);
            assertThat(after.contents()).isEqualTo(before.contents());
        }
        assertThat(asked.get()).isGreaterThan(10);
    }

    @Test
    void reopened_damageIsTold_whoeverReadsIt() throws IOException {
        Notes before = open();
        for (int i = 0; i < 2_000; i++) {
            before.put("k" + i, i);
            before.kept.urgent();
        }
        before.kept.everySecond();
        before.put("last", 1);
        String middle = disk.names().get(disk.names().size() / 2);
        byte[] bytes = disk.bytes(middle);
        bytes[Notes.SEGMENT_SIZE / 2] ^= 1;
        disk.put(middle, bytes);
        for (Executor each : List.<Executor>of(ForkJoinPool.commonPool(), task -> {})) {
            assertThatThrownBy(() -> new Notes(
                            disk, Durability.EVERY_SECOND, Notes.schema(TableType.SET), Notes.SEGMENT_SIZE, each))
                    .isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void expiry_isKept() throws IOException {
        Instant end = Instant.now().plus(Duration.ofDays(1));
        Notes before = open();
        before.commit(unit -> {
            for (String id : List.of("never", "at", "idle", "gone")) {
                unit.insert(Note.of(id, 1));
            }
            unit.expire("never", Expiry.never());
            unit.expire("at", Expiry.at(end));
            unit.expire("idle", Expiry.afterWrite(Duration.ofHours(1)));
            unit.expire("gone", Expiry.at(Instant.EPOCH));
        });
        Notes after = open();
        assertThat(after.contents().keySet()).containsExactly("at", "idle", "never");
        assertThat(after.table.nextExpiry()).isEqualTo(before.table.nextExpiry());
        after.commit(unit -> unit.update("idle", note -> Note.of("idle", 2)));
        assertThat(after.table.nextExpiry())
                .isBetween(System.currentTimeMillis() + 3_000_000, System.currentTimeMillis() + 3_600_001);
        assertThat(open().contents().keySet()).containsExactly("at", "idle", "never");
    }

    @Test
    void closedAndOpenedOften_usesNoMoreRoom() throws IOException {
        for (int i = 0; i < 50; i++) {
            Notes notes = open();
            assertThat(notes.table.size()).isEqualTo(Math.min(i, 5));
            notes.put("k" + i % 5, i);
            notes.kept.close();
            assertThat(notes.loaded.cut()).isZero();
        }
        assertThat(disk.used()).isLessThanOrEqualTo(3L * Notes.SEGMENT_SIZE);
    }

    @Test
    void closed_nothingIsWrittenAnyMore() throws IOException {
        Notes notes = open();
        notes.kept.close();
        assertThatThrownBy(() -> notes.put("a", 1)).isInstanceOf(ReadOnlyTableException.class);
        assertThat(notes.contents()).isEmpty();
        notes.kept.close();
    }

    @Test
    void overwrittenForLong_atMostTwiceTheRows_andAConstant() throws IOException {
        Notes notes = open();
        int rows = 500;
        for (int i = 0; i < rows; i++) {
            notes.put("k" + i, 39);
        }
        long bytesOfRows = rows * (2 + 39 + 6L);
        for (int i = 0; i < 20_000; i++) {
            notes.put("k" + i % 400, 39); // a hundred rows never change
            if (i % 40 == 0) {
                notes.everySecond();
                assertThat(disk.used()).isLessThan(2 * bytesOfRows + 4L * Notes.SEGMENT_SIZE);
            }
        }
        Notes after = open();
        assertThat(after.contents()).isEqualTo(notes.contents());
        assertThat(after.table.size()).isEqualTo(rows);
    }

    @Test
    void writtenFasterThanItIsCleaned_writersWait_andThereIsNoMore() throws Exception {
        Notes notes = open();
        disk.whenForced(() -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1)));
        Thread keeper = start(notes.keeper);
        try {
            int rows = 500;
            long most = 0;
            for (int i = 0; i < 20_000; i++) {
                notes.put("k" + i % rows, 39);
                most = Math.max(most, disk.used());
            }
            assertThat(most).isLessThan(2L * rows * (2 + 39 + 6L) + 12L * Notes.SEGMENT_SIZE);
        } finally {
            notes.keeper.stop();
            keeper.join();
        }
        assertThat(open().contents()).isEqualTo(notes.contents());
    }

    @Test
    void writerWhoIsInterrupted_doesNotWaitForTheKeeper() throws Exception {
        Notes notes = open();
        CountDownLatch stopped = new CountDownLatch(1);
        disk.whenForced(() -> awaitUninterruptibly(stopped));
        Thread keeper = start(notes.keeper);
        try {
            Thread.currentThread().interrupt();
            IntStream.range(0, 2000).forEach(i -> notes.put("k" + i % 50, i));
            assertThat(Thread.interrupted()).isTrue();
        } finally {
            stopped.countDown();
            notes.keeper.stop();
            keeper.join();
        }
        assertThat(open().contents()).isEqualTo(notes.contents());
    }

    @Test
    void everythingDeleted_theRoomIsFree() throws IOException {
        Notes notes = open();
        IntStream.range(0, 1000).forEach(i -> notes.put("k" + i, 39));
        IntStream.range(0, 1000).forEach(i -> notes.commit(unit -> unit.delete("k" + i)));
        notes.everySecond();
        assertThat(disk.used()).isLessThanOrEqualTo(4L * Notes.SEGMENT_SIZE);
        assertThat(open().table.size()).isZero();
    }

    @Test
    void recordLargerThanASegment_isWritten() throws IOException {
        Notes before = open();
        before.commit(unit -> IntStream.range(0, 2000).forEach(i -> unit.insert(Note.of("k" + i, i))));
        before.put("k1", 5);
        assertThat(open().contents()).isEqualTo(before.contents());
    }

    @ParameterizedTest
    @EnumSource(names = {"EVERY_SECOND", "ALWAYS"})
    void noRoomOnTheDisk_readOnly_nothingIsLost(Durability durability) throws IOException {
        Notes notes = open(durability, TableType.SET);
        disk.room(2L * Notes.SEGMENT_SIZE);
        assertThatThrownBy(() -> IntStream.range(0, 1000).forEach(i -> notes.put("k" + i, i)))
                .isInstanceOf(ReadOnlyTableException.class)
                .hasMessage("table notes is read-only: its journal has failed: No space left on device");
        assertThat(notes.kept.failure()).isEqualTo("No space left on device");
        assertThat(notes.table.size()).isGreaterThan(10);
        assertThatThrownBy(() -> notes.put("a", 1)).isInstanceOf(ReadOnlyTableException.class);
        disk.room(Long.MAX_VALUE);
        assertThat(open(durability, TableType.SET).contents()).isEqualTo(notes.contents());
    }

    @Test
    void forcingFails_whatIsVisibleIsInDoubt_andNothingMoreIsAccepted() throws IOException {
        Notes notes = open(Durability.ALWAYS, TableType.SET);
        notes.put("a", 1);
        disk.failing(true);
        assertThatThrownBy(() -> notes.put("b", 2))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContaining("Input/output error");
        disk.failing(false);
        assertThatThrownBy(() -> notes.put("c", 3)).isInstanceOf(ReadOnlyTableException.class);
        assertThat(notes.contents().keySet()).containsExactly("a", "b");
        notes.everySecond();
        assertThat(notes.kept.failure()).isEqualTo("Input/output error");
    }

    @ParameterizedTest
    @EnumSource(names = {"EVERY_SECOND", "ALWAYS"})
    void realFiles_interruptsOfWritersDoNoHarm(Durability durability, @TempDir Path directory) throws IOException {
        Notes notes = new Notes(
                new RealDisk(directory, durability == Durability.EVERY_SECOND, 256),
                durability,
                Notes.schema(TableType.SET),
                Notes.SEGMENT_SIZE);
        for (int i = 0; i < 2000; i++) {
            Thread.currentThread().interrupt();
            notes.put("k" + i % 50, i);
            assertThat(Thread.interrupted()).isTrue();
        }
        notes.kept.close();
        Notes after = new Notes(
                new RealDisk(directory, false), Durability.ALWAYS, Notes.schema(TableType.SET), Notes.SEGMENT_SIZE);
        assertThat(after.contents()).isEqualTo(notes.contents());
    }

    @ParameterizedTest
    @EnumSource(names = {"EVERY_SECOND", "ALWAYS"})
    void afterAFailure_reopened_butNothingCanBeDeleted_isKeptAllTheSame(Durability durability) throws IOException {
        Notes notes = open(durability, TableType.SET);
        notes.put("a", 1);
        disk.failing(true);
        notes.everySecond();
        if (durability == Durability.ALWAYS) {
            assertThatThrownBy(() -> notes.put("a", 2)).isInstanceOf(OutcomeUnknownException.class);
        }
        assertThat(notes.kept.failure()).isNotNull();
        disk.failing(false);
        disk.failingDeletes(true);
        notes.kept.reopen();
        assertThat(notes.kept.failure()).isNull();
        assertThat(disk.names()).filteredOn(name -> name.endsWith(".log")).hasSize(2);
        notes.put("a", 3);
        notes.kept.close();
        disk.failingDeletes(false);
        assertThat(open(durability, TableType.SET).contents()).isEqualTo(notes.contents());
        assertThat(disk.names()).filteredOn(name -> name.endsWith(".log")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"EVERY_SECOND", "ALWAYS"})
    void afterAFailure_reopened_everythingThatIsVisibleIsKept(Durability durability) throws IOException {
        Notes notes = open(durability, TableType.SET);
        IntStream.range(0, 300).forEach(i -> notes.put("k" + i, i));
        notes.everySecond();
        disk.failing(true);
        if (durability == Durability.ALWAYS) {
            assertThatThrownBy(() -> notes.put("doubtful", 1)).isInstanceOf(OutcomeUnknownException.class);
        } else {
            notes.put("doubtful", 1);
            notes.everySecond();
        }
        assertThat(notes.kept.failure()).isNotNull();
        assertThatThrownBy(notes.kept::reopen).isInstanceOf(IOException.class);
        assertThat(notes.kept.failure()).isNotNull();
        disk.failing(false);
        notes.kept.reopen();
        assertThat(notes.kept.failure()).isNull();
        notes.put("later", 2);
        notes.everySecond();
        assertThat(disk.used()).isLessThan(12L * Notes.SEGMENT_SIZE);
        Notes after = new Notes(
                disk.afterPowerCut(new java.util.SplittableRandom(1)),
                durability,
                Notes.schema(TableType.SET),
                Notes.SEGMENT_SIZE);
        assertThat(after.contents()).isEqualTo(notes.contents());
        assertThat(after.contents()).containsKeys("doubtful", "later", "k0", "k299");
    }

    @Test
    void killed_andThePowerCutLater_nothingThatWasFoundIsLost() throws IOException {
        Notes notes = open();
        IntStream.range(0, 200).forEach(i -> notes.put("k" + i, i));
        disk.failing(true);
        notes.everySecond();
        FaultyDisk left = disk.afterKill();
        Notes found = new Notes(left, Durability.EVERY_SECOND);
        assertThat(found.contents()).isEqualTo(notes.contents());
        for (int seed = 0; seed < 20; seed++) {
            Notes after = new Notes(left.afterPowerCut(new java.util.SplittableRandom(seed)), Durability.EVERY_SECOND);
            assertThat(after.contents()).isEqualTo(found.contents());
        }
    }

    @Test
    void keeperStumbles_theTableIsReadOnly_andSaysWhy() throws IOException {
        Notes notes = open();
        notes.put("a", 1);
        disk.cutAfter(0); // which has no message
        notes.everySecond();
        assertThat(notes.kept.failure()).contains("PowerCut");
        assertThatThrownBy(() -> notes.put("b", 2)).isInstanceOf(ReadOnlyTableException.class);
        assertThat(notes.contents().keySet()).containsExactly("a");
    }

    @Test
    void closedWhileTheKeeperWorks_waitsForIt_andLeavesNothingUnfinished() throws Exception {
        Notes notes = open();
        IntStream.range(0, 40).forEach(i -> notes.put("k" + i, 39)); // so that a spare is due
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        disk.whenForced(() -> {
            entered.countDown();
            awaitUninterruptibly(released);
        });
        Thread keeper = new Thread(notes::everySecond);
        keeper.start();
        entered.await();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> {
            try {
                notes.kept.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        released.countDown();
        closing.get(30, TimeUnit.SECONDS);
        keeper.join();
        List<String> files = disk.names();
        notes.everySecond();
        assertThat(disk.names()).isEqualTo(files);
        Notes after = open();
        assertThat(after.loaded.cut()).isZero();
        assertThat(after.contents()).isEqualTo(notes.contents());
    }

    /** Returns when it runs. */
    private static Thread start(Keeper keeper) {
        Thread thread = new Thread(keeper, "keeper");
        thread.start();
        await().until(keeper::runsElsewhere);
        return thread;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EVERY_SECOND", "ALWAYS"})
    void killedWhileASegmentWasMade_itIsThrownAway(Durability durability, @TempDir Path directory) throws IOException {
        RealDisk files = new RealDisk(directory, durability == Durability.EVERY_SECOND, 256);
        Notes notes = new Notes(files, durability);
        notes.put("a", 1);
        Path unfinished = directory.resolve("00000002.log" + Disk.UNFINISHED);
        Files.write(unfinished, new byte[100_000]); // longer than it is going to be
        Notes after = new Notes(files, durability);
        assertThat(unfinished).doesNotExist();
        assertThat(after.contents()).isEqualTo(notes.contents());
        IntStream.range(0, 300).forEach(i -> after.put("k" + i, i));
        assertThat(new Notes(files, durability).contents()).isEqualTo(after.contents());
    }

    @Test
    void deleted_nothingIsLeft() throws IOException {
        Notes notes = open();
        notes.put("a", 1);
        notes.kept.delete();
        assertThat(disk.names()).isEmpty();
        assertThat(open().table.size()).isZero();
    }
}
