package dev.heirloom.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.backup.Notes.Note;
import dev.heirloom.table.TableType;
import dev.heirloom.table.VersionedTable;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process at a time has a directory, and one application of it; each has a higher number than all before. */
class DataDirectoryTest {
    @TempDir
    Path directory;

    private Process hold() throws IOException, URISyntaxException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        location(DirectoryHolder.class) + File.pathSeparator + location(JournalBackup.class),
                        DirectoryHolder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static String firstLine(Process process) throws IOException {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            return out.readLine();
        }
    }

    @Test
    void heldByAnotherProcess_refusedByItsNumber_untilItIsKilled() throws Exception {
        Process holder = hold();
        long first;
        try {
            String line = holder.inputReader(StandardCharsets.UTF_8).readLine();
            assertThat(line).startsWith("start ");
            first = Long.parseLong(line.substring(6));
            assertThatThrownBy(() -> JournalBackup.open(directory, Runnable::run))
                    .isInstanceOf(DirectoryInUseException.class)
                    .hasMessageContaining("is in use by process " + holder.pid() + ", since 2");
            assertThat(holder.isAlive()).isTrue();
        } finally {
            kill(holder);
        }
        try (JournalBackup next = JournalBackup.open(directory, Runnable::run)) {
            assertThat(next.start()).isGreaterThan(first);
        }
    }

    @Test
    void refusedWithinTheProcess_itIsStillRefusedToOthers() throws Exception {
        try (JournalBackup mine = JournalBackup.open(directory, Runnable::run)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> JournalBackup.open(directory, Runnable::run))
                        .isInstanceOf(DirectoryInUseException.class)
                        .hasMessageContaining(
                                "process " + ProcessHandle.current().pid());
            }
            Process other = hold();
            try {
                assertThat(firstLine(other))
                        .contains("is in use by process "
                                + ProcessHandle.current().pid());
            } finally {
                kill(other);
            }
            assertThat(mine.start()).isEqualTo(1);
        }
        try (JournalBackup next = JournalBackup.open(directory, Runnable::run)) {
            assertThat(next.start()).isEqualTo(2);
        }
    }

    @Test
    void anotherNameOfTheDirectory_isTheSame() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolveSibling(directory.getFileName() + "-link"), directory);
        try (JournalBackup mine = JournalBackup.open(directory, Runnable::run)) {
            assertThat(mine.start()).isPositive();
            assertThatThrownBy(() -> JournalBackup.open(link, Runnable::run))
                    .isInstanceOf(DirectoryInUseException.class);
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void damagedNumberOfTheStart_saysWhichFile_andLetsTheDirectoryGo() throws IOException {
        Path start = Files.writeString(directory.resolve("start"), "seven");
        assertThatThrownBy(() -> JournalBackup.open(directory, Runnable::run))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(start.toString());
        Files.writeString(start, "7\n");
        try (JournalBackup mine = JournalBackup.open(directory, Runnable::run)) {
            assertThat(mine.start()).isEqualTo(8);
        }
    }

    @Test
    void closedBeforeItsTables_isLetGoWithTheLastOfThem() throws Exception {
        JournalBackup backup = JournalBackup.open(directory, Runnable::run);
        KeptTable<String, Note> kept = backup.table(
                Notes.schema(TableType.SET), Durability.ALWAYS, RowFormat.of("notes", Note.class, Evolution.none()));
        kept.load(new VersionedTable<>(Notes.schema(TableType.SET), 1), 0, done -> {});
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> {
            try {
                backup.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertThatThrownBy(() -> JournalBackup.open(directory, Runnable::run))
                .isInstanceOf(DirectoryInUseException.class);
        kept.close();
        closing.get(30, TimeUnit.SECONDS);
        JournalBackup.open(directory, Runnable::run).close();
    }
}
