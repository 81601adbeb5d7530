package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.DirectoryInUseException;
import dev.heirloom.backup.Durability;
import dev.heirloom.backup.JournalBackup;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.RowCodec;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that end while they are being loaded. */
class LateTablesTest {
    record Word(String text) {}

    /** Reads rows once it is let. */
    private static final class Gated implements RowCodec<Word> {
        final CountDownLatch reading = new CountDownLatch(1);
        final CountDownLatch gate;

        Gated(int gates) {
            gate = new CountDownLatch(gates);
        }

        @Override
        public String encode(Word row) {
            return row.text();
        }

        @Override
        public Word decode(String line) throws InterruptedException {
            reading.countDown();
            gate.await();
            return new Word(line);
        }
    }

    @TempDir
    Path directory;

    private static TableSpec<String, Word> words(Gated codec) {
        return TableSpec.set("words", Word.class, Word::text)
                .durability(Durability.ALWAYS)
                .codec(codec);
    }

    private void write() {
        TableSpec<String, Word> spec = words(new Gated(0));
        try (TestTables tables = TestTables.in(directory, spec)) {
            tables.ref(spec).call(t -> t.insert(new Word("former")));
        }
    }

    @Test
    void deletedWhileItIsLoaded_itsRowsDoNotComeBack() throws InterruptedException {
        write();
        Gated codec = new Gated(1);
        try (TestTables tables = TestTables.in(directory)) {
            tables.create(words(codec));
            codec.reading.await();
            tables.delete("words");
            codec.gate.countDown();
            TableRef<String, Word> again = tables.create(words(codec));
            long size = again.call(t -> t.size());
            assertThat(size).isZero();
        }
    }

    @Test
    void closedWhileItIsLoaded_theDirectoryIsKeptUntilThen_andTheRowsStay() throws Exception {
        write();
        Gated codec = new Gated(1);
        TestTables tables = TestTables.in(directory);
        tables.create(words(codec));
        codec.reading.await();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(tables::close);
        await().until(() -> tables.names().isEmpty() || closing.isDone());
        assertThatThrownBy(() -> JournalBackup.open(directory, Runnable::run))
                .isInstanceOf(DirectoryInUseException.class);
        codec.gate.countDown();
        closing.get(1, TimeUnit.MINUTES);
        TableSpec<String, Word> spec = words(new Gated(0));
        try (TestTables later = TestTables.in(directory, spec)) {
            await().until(() -> later.status(spec).isOwned());
            assertThat(later.ref(spec).find("former")).contains(new Word("former"));
        }
    }
}
