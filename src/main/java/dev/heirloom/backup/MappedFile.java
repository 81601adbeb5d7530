package dev.heirloom.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;

/** A file mapped into memory, until its buffer is collected as garbage. */
record MappedFile(MappedByteBuffer buffer, int size) implements Disk.LogFile {
    @Override
    public void write(int at, byte[] from, int offset, int length) throws IOException {
        try {
            int first = Math.min(length, 8);
            buffer.put(at + first, from, offset + first, length - first);
            buffer.put(at, from, offset, first);
        } catch (InternalError e) { // the disk has failed under the page
            throw new IOException("cannot write to a mapped file", e);
        }
    }

    @Override
    public void read(int at, byte[] to, int offset, int length) throws IOException {
        try {
            buffer.get(at, to, offset, length);
        } catch (InternalError e) {
            throw new IOException("cannot read a mapped file", e);
        }
    }

    @Override
    public void force(int at, int length) throws IOException {
        try {
            buffer.force(at, length);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() {
        // nothing is open
    }
}
