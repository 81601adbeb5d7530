package dev.heirloom.backup;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real directory.
 *
 * <p>Where changes are acknowledged before they are on disk, files are mapped into memory ({@link MappedFile}): a write is
 * a copy, without a system call, and is with the operating system when it returns. Where they are forced first, writes are
 * collected and written when they are ({@link CollectingFile}), by one system call that returns when the content is on
 * disk ({@code O_DSYNC}): on ext4 that takes half as long as forcing a mapped page. No interrupt closes either.
 *
 * <p>A file is written full of zeros first, since to write into a mapped page for which there is no room on the disk ends
 * in an error nobody can handle.
 */
final class RealDisk implements Disk {
    private static final int CHUNK = 1 << 20;
    private static final int WINDOW = 1 << 20;
    private static final int PART = 1 << 16;

    private final Path directory;
    private final boolean mapped;
    private final int window;

    /** @param mapped whether what was written outlives the process though it was not forced */
    RealDisk(Path directory, boolean mapped) {
        this(directory, mapped, WINDOW);
    }

    /** @param window how much of a file is mapped at a time, bytes */
    RealDisk(Path directory, boolean mapped, int window) {
        this.directory = directory;
        this.mapped = mapped;
        this.window = window;
    }

    @Override
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public LogFile create(String name, int size, byte[] head) throws IOException {
        Path whole = directory.resolve(name);
        Path part = directory.resolve(name + UNFINISHED);
        try {
            fill(part.toFile(), size, head);
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
            forceDirectory();
        } catch (IOException e) {
            Files.deleteIfExists(part);
            Files.deleteIfExists(whole);
            throw e;
        }
        LogFile file = open(name);
        if (file instanceof MappedFile fresh) {
            fresh.map();
        }
        return file;
    }

    private static void fill(File file, int size, byte[] head) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file, "rw")) {
            closeToOthers(file);
            access.write(head);
            byte[] zeros = new byte[Math.min(size, CHUNK)];
            for (int left = size - head.length; left > 0; left -= zeros.length) {
                access.write(zeros, 0, Math.min(left, zeros.length));
            }
            access.setLength(size); // should there have been a longer one
            access.getFD().sync();
        }
    }

    /** As far as the file system lets us; the directory is closed to others, too. */
    private static void closeToOthers(File file) throws IOException {
        boolean closed = file.setReadable(false, false) && file.setReadable(true, true) && file.setWritable(true, true);
        if (!closed && File.separatorChar == '/') {
            throw new IOException("cannot close " + file + " to others");
        }
    }

    @Override
    public LogFile open(String name) throws IOException {
        File file = directory.resolve(name).toFile();
        RandomAccessFile access = new RandomAccessFile(file, mapped ? "rw" : "rwd");
        try {
            long size = access.length();
            if (size > Integer.MAX_VALUE) {
                throw new IOException("file " + file + " has " + size + " bytes: it is no segment");
            }
            if (!mapped) {
                return new CollectingFile(access, (int) size);
            }
            access.close();
            return new MappedFile(file, (int) size, window);
        } catch (IOException e) {
            access.close();
            throw e;
        }
    }

    /** Reads by parts, since the JVM takes as much memory for each as it has, and gives it back. */
    static void read(RandomAccessFile file, int at, byte[] to, int offset, int length) throws IOException {
        file.seek(at);
        for (int done = 0; done < length; done += PART) {
            file.readFully(to, offset + done, Math.min(PART, length - done));
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
        forceDirectory();
    }

    private void forceDirectory() throws IOException {
        force(directory);
    }

    /** Has the entries of a directory be on disk, where the system can do that. */
    static void force(Path directory) throws IOException {
        if (File.separatorChar != '/') {
            return;
        }
        uninterrupted(() -> {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
                return channel;
            }
        });
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    interface Use<T> {
        T of() throws IOException;
    }

    /** An interrupt closes the channel that a thread uses: then it is used once more. */
    static <T> T uninterrupted(Use<T> use) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    return use.of();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
