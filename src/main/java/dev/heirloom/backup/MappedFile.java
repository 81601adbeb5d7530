package dev.heirloom.backup;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A file that is mapped into memory where it is written: a write is a copy, without a system call.
 *
 * <p>To force a page that is mapped interrupts every processor that writes to the same process's pages, since the page
 * has to be watched again. So a file is mapped in windows; the thread that writes leaves one behind after another, and
 * whoever forces the file unmaps those first.
 */
final class MappedFile implements Disk.LogFile {
    /** Unmaps a buffer at once; null where this JVM has no such way: then it is unmapped when it is collected as garbage. */
    private static final @Nullable MethodHandle UNMAP = unmapper();

    private final File file;
    private final int size;
    private final int window;

    /** Open from the first write on until all of a finished file was forced, so that no failure to write is missed. */
    private volatile @Nullable RandomAccessFile writer;

    /** Those that the writer has not left; none before its first write. For the thread that writes, as what follows. */
    private List<MappedByteBuffer> windows = List.of();

    /** How many it has left. */
    private int left;

    /** Where its last write ended; -1 before the first. */
    private int next = -1;

    /** Those it has left, to be unmapped. */
    private final Queue<MappedByteBuffer> leftBehind = new ConcurrentLinkedQueue<>();

    private volatile boolean finished;

    /**
     * @param size that it has
     * @param window how much is mapped at a time
     */
    MappedFile(File file, int size, int window) {
        this.file = file;
        this.size = size;
        this.window = window;
    }

    private static @Nullable MethodHandle unmapper() {
        try {
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            Field only = unsafe.getDeclaredField("theUnsafe");
            only.setAccessible(true);
            return MethodHandles.lookup()
                    .findVirtual(unsafe, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
                    .bindTo(only.get(null));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    @Override
    public int size() {
        return size;
    }

    /** Makes it ready to be written; the first write does otherwise. */
    void map() throws IOException {
        writer = new RandomAccessFile(file, "rw");
        windows = RealDisk.uninterrupted(this::mapped);
    }

    private List<MappedByteBuffer> mapped() throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file, "rw");
                FileChannel channel = access.getChannel()) {
            List<MappedByteBuffer> mapped = new ArrayList<>();
            for (int at = 0; at < size; at += window) {
                mapped.add(channel.map(FileChannel.MapMode.READ_WRITE, at, Math.min(window, size - at)));
            }
            return mapped;
        }
    }

    @Override
    public void write(int at, byte[] from, int offset, int length) throws IOException {
        if (next < 0 && windows.isEmpty()) {
            map();
        }
        try {
            int first = Math.min(length, 8);
            put(at + first, from, offset + first, length - first);
            put(at, from, offset, first);
        } catch (InternalError e) { // the disk has failed under the page
            throw new IOException("cannot write to a mapped file", e);
        }
        if (at == next) {
            leave(at);
        }
        next = at + length;
    }

    private void put(int at, byte[] from, int offset, int length) {
        int done = 0;
        while (done < length) {
            int in = (at + done) % window;
            int part = Math.min(length - done, window - in);
            windows.get((at + done) / window - left).put(in, from, offset + done, part);
            done += part;
        }
    }

    /** Leaves what is before an offset: what is written now goes on from there. */
    private void leave(int offset) {
        for (; window <= offset - left * window; left++) {
            leftBehind.add(windows.remove(0));
        }
    }

    @Override
    public void finish() {
        leftBehind.addAll(windows);
        windows = List.of();
        finished = true;
    }

    @Override
    public void read(int at, byte[] to, int offset, int length) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file, "r")) {
            RealDisk.read(access, at, to, offset, length);
        }
    }

    @Override
    public void force(int at, int length) throws IOException {
        boolean last = finished;
        for (MappedByteBuffer each = leftBehind.poll(); each != null; each = leftBehind.poll()) {
            unmap(each);
        }
        RandomAccessFile open = writer;
        if (open == null) {
            try (RandomAccessFile access = new RandomAccessFile(file, "rw")) {
                access.getFD().sync();
            }
            return;
        }
        open.getFD().sync();
        if (last) {
            open.close();
            writer = null;
        }
    }

    /** Nobody uses it any more, nor can: whoever has written to it has left it. */
    private static void unmap(MappedByteBuffer buffer) {
        if (UNMAP != null) {
            try {
                UNMAP.invokeExact((ByteBuffer) buffer);
            } catch (Throwable e) {
                throw new IllegalStateException("cannot unmap a buffer", e);
            }
        }
    }

    /** What is mapped stays so until it is collected as garbage: then nobody writes to it for certain. */
    @Override
    public void close() throws IOException {
        RandomAccessFile open = writer;
        if (open != null) {
            open.close();
        }
    }
}
