package dev.heirloom.backup;

import java.io.IOException;
import java.nio.file.Path;

/** A process that opens a data directory, says what came of it, and keeps it until it is killed. */
final class DirectoryHolder {
    private DirectoryHolder() {}

    /**
     * Runs it.
     *
     * @param args the directory
     */
    public static void main(String[] args) throws IOException {
        try (JournalBackup backup = JournalBackup.open(Path.of(args[0]), Runnable::run)) {
            System.out.println("start " + backup.start());
            while (System.in.read() >= 0) {
                Thread.onSpinWait(); // until the other side closes the stream
            }
        } catch (DirectoryInUseException e) {
            System.out.println(e.getMessage());
        }
    }
}
