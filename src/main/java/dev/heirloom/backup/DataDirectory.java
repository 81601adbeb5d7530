package dev.heirloom.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The directory in which an application keeps its tables, a directory each. One process at a time has it; each time it
 * is opened it gets a higher number, so that what one process writes is told from what another does. Only its owner may
 * read it, where the file system knows permissions.
 */
final class DataDirectory implements AutoCloseable {
    /**
     * Begins the names of the system properties that say who has a directory: all that the applications of one process
     * share. A lock of the file system does not tell them apart, and is lost as soon as one of them closes the file.
     */
    private static final String HELD = "heirloom.data-dir.held.";

    private static final String LOCK = "lock";
    private static final String START = "start";

    /** When files were set aside, as a part of a name that is one everywhere. */
    private static final DateTimeFormatter ASIDE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path path;
    private final Claim claim;
    private final RandomAccessFile lockFile;
    private final long start;

    private DataDirectory(Path path, Claim claim, RandomAccessFile lockFile, long start) {
        this.path = path;
        this.claim = claim;
        this.lockFile = lockFile;
        this.start = start;
    }

    /** That a directory is this application's within its process. */
    private record Claim(String property, String holder) {
        static Claim of(Path path) throws IOException {
            Claim claim = new Claim(
                    HELD + path.toRealPath(),
                    "process " + ProcessHandle.current().pid() + ", since " + Instant.now());
            Object other = System.getProperties().putIfAbsent(claim.property, claim.holder);
            if (other != null) {
                throw new DirectoryInUseException(path, other.toString());
            }
            return claim;
        }

        void end() {
            System.getProperties().remove(property, holder);
        }
    }

    /**
     * Opens it; makes it if it is not there.
     *
     * @throws DirectoryInUseException if another process, or another application of this one, has it
     * @throws IOException if it cannot be used
     */
    static DataDirectory open(Path directory) throws IOException {
        Path path = directory.toAbsolutePath().normalize();
        make(path);
        Claim claim = Claim.of(path);
        try {
            RandomAccessFile lockFile = new RandomAccessFile(path.resolve(LOCK).toFile(), "rw");
            try {
                lock(path, lockFile, claim.holder());
                return new DataDirectory(path, claim, lockFile, nextStart(path));
            } catch (IOException | RuntimeException e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            claim.end();
            throw e;
        }
    }

    /** Makes it if it is not there, so that a crash does not take it away again. */
    private static void make(Path path) throws IOException {
        Path present = path;
        while (present != null && !Files.exists(present)) {
            present = present.getParent();
        }
        Files.createDirectories(path, ownerOnly(path));
        Path each = path.getParent();
        while (present != null && each != null && each.startsWith(present)) {
            RealDisk.force(each);
            each = each.getParent();
        }
    }

    private static void lock(Path path, RandomAccessFile file, String holder) throws IOException {
        FileLock lock;
        try {
            lock = file.getChannel().tryLock();
        } catch (OverlappingFileLockException e) { // by something that is not Heirloom
            lock = null;
        }
        if (lock == null) {
            throw new DirectoryInUseException(path, holder(file));
        }
        file.setLength(0);
        file.write((holder + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String holder(RandomAccessFile file) {
        try {
            String line = file.readLine();
            return line == null || line.isBlank() ? "somebody" : line;
        } catch (IOException e) {
            return "somebody"; // where a lock keeps others from reading
        }
    }

    /** The number of this start, which is on disk before anything else is written. */
    private static long nextStart(Path path) throws IOException {
        Path file = path.resolve(START);
        long last = 0;
        if (Files.exists(file)) {
            String text = Files.readString(file).strip();
            try {
                last = Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new IOException(file + " should have the number of the last start, but has \"" + text + "\"", e);
            }
        }
        Path next = path.resolve(START + ".new");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(StandardCharsets.US_ASCII.encode(last + 1 + "\n"));
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        RealDisk.force(path);
        return last + 1;
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /** The number of this start: higher than all before. */
    long start() {
        return start;
    }

    Path path() {
        return path;
    }

    /** The files of a table. */
    Disk disk(String table, Durability durability) throws IOException {
        Path directory = path.resolve(table);
        Files.createDirectories(directory, ownerOnly(directory));
        RealDisk.force(path);
        return new RealDisk(directory, durability == Durability.EVERY_SECOND);
    }

    /** Gives the files of a table another name, which no table can have, and says which. */
    Path setAside(String table) throws IOException {
        Path aside = path.resolve(table + ".damaged@" + ASIDE.format(Instant.now()));
        if (Files.exists(aside)) {
            throw new IOException(aside + " is there already");
        }
        Files.move(path.resolve(table), aside, StandardCopyOption.ATOMIC_MOVE);
        RealDisk.force(path);
        return aside;
    }

    @Override
    public void close() throws IOException {
        lockFile.close(); // and with it the lock
        claim.end();
    }
}
