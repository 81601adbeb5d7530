package dev.heirloom.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;

/**
 * A file that collects what is written until it is forced, and then writes it by one system call, which returns when it is
 * on disk. Thread-safe.
 */
final class CollectingFile implements Disk.LogFile {
    private static final int LEAST = 1 << 12;

    /** A larger array is not kept for the next time. */
    private static final int LARGE = 1 << 16;

    private final RandomAccessFile file;
    private final int size;

    /** Held while the file is used. Taken before the monitor. */
    private final Object access = new Object();

    /** Whether all is on disk that was written before this opened the file. With the access. */
    private boolean synced;

    /** What is to be written, from an offset on. Guarded by this. */
    private byte[] pending = new byte[LEAST];

    private int from;
    private int to;

    /** To take the place of the other. */
    private byte[] spare = new byte[LEAST];

    /** @param file opened so that each write returns when its content is on disk */
    CollectingFile(RandomAccessFile file, int size) {
        this.file = file;
        this.size = size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void write(int at, byte[] bytes, int offset, int length) throws IOException {
        if (!collect(at, bytes, offset, length)) {
            synchronized (access) {
                flush();
                file.seek(at);
                file.write(bytes, offset, length);
            }
        }
    }

    /** Whether it could be put behind what is to be written. */
    private synchronized boolean collect(int at, byte[] bytes, int offset, int length) {
        if (from == to) {
            from = at;
            to = at;
        }
        if (at != to) {
            return false;
        }
        int used = to - from;
        if (used + length > pending.length) {
            pending = Arrays.copyOf(pending, Math.max(2 * pending.length, used + length));
        }
        System.arraycopy(bytes, offset, pending, used, length);
        to += length;
        return true;
    }

    /** Writes what was collected. With the access. */
    private void flush() throws IOException {
        byte[] taken;
        int at;
        int length;
        synchronized (this) {
            taken = pending;
            at = from;
            length = to - from;
            pending = spare;
            from = to;
        }
        spare = taken.length > LARGE ? new byte[LEAST] : taken;
        if (length > 0) {
            file.seek(at);
            file.write(taken, 0, length);
        }
    }

    @Override
    public void force(int at, int length) throws IOException {
        synchronized (access) {
            flush();
            if (!synced) {
                file.getFD().sync();
                synced = true;
            }
        }
    }

    @Override
    public void read(int at, byte[] to, int offset, int length) throws IOException {
        synchronized (access) {
            flush();
            RealDisk.read(file, at, to, offset, length);
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (access) {
            file.close();
        }
    }
}
