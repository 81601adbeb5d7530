package dev.heirloom.backup;

import dev.heirloom.table.Expiry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the records of one segment say, up to the first that is missing or wrong. Made by one thread, which may be
 * another than the one that uses it; nothing of the segment but its file is touched meanwhile.
 *
 * @param <R> the type of the rows
 */
final class Contents<R> {
    private sealed interface Change<R> {
        /** A key has these rows. */
        record Put<R>(
                List<R> rows,
                long commit,
                long deadline,
                @Nullable Expiry own) implements Change<R> {}

        /** A key has no row any more. */
        record Delete<R>(R carrier) implements Change<R> {}
    }

    private final byte[] bytes;
    private final List<Change<R>> changes = new ArrayList<>();
    private int end;
    private long commit;
    private long forced;
    private int rows;
    private int rowBytes;

    private Contents(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads a segment.
     *
     * @throws DamagedException if a record that is whole makes no sense
     * @throws UnreadableRowException if the row type has changed so much that a row cannot be read
     */
    static <R> Contents<R> read(Segment segment, RowFormat<R> format) throws IOException {
        Contents<R> contents = new Contents<>(bytes(segment));
        contents.readRecords(segment, format.reader(segment.description()));
        return contents;
    }

    static byte[] bytes(Segment segment) throws IOException {
        byte[] bytes = new byte[segment.size()];
        segment.file().read(0, bytes, 0, bytes.length);
        return bytes;
    }

    private void readRecords(Segment segment, RowFormat.Reader<R> reader) throws IOException {
        int at = segment.offset();
        while (true) {
            int body = Records.bodyAt(bytes, at, segment.start() + (at - segment.offset()));
            if (body < 0) {
                end = at;
                return;
            }
            ByteSource source = new ByteSource(bytes, at + Records.BODY, at + Records.BODY + body);
            try {
                Records.Head head = Records.Head.read(source);
                commit = Math.max(commit, head.commit());
                forced = Math.max(forced, head.forced());
                Records.readChanges(head, source, reader, new Collector(source));
            } catch (MalformedException e) {
                throw new DamagedException(
                        segment.name(), at, "a record that is whole makes no sense: " + e.getMessage());
            }
            at += Segment.aligned(Records.BODY + body);
        }
    }

    /** Collects the changes of one record, and counts what they take. */
    private final class Collector implements Records.Changes<R> {
        private final ByteSource source;
        private int left;

        Collector(ByteSource source) {
            this.source = source;
            this.left = source.remaining();
        }

        @Override
        public void put(List<R> put, long commitOfRows, long deadline, @Nullable Expiry own) {
            changes.add(new Change.Put<>(put, commitOfRows, deadline, own));
            rows += put.size();
            rowBytes += left - source.remaining();
            left = source.remaining();
        }

        @Override
        public void delete(R carrier) {
            changes.add(new Change.Delete<>(carrier));
            left = source.remaining();
        }
    }

    /** Tells of every change, in order; then they are forgotten. Says where the records of the segment end. */
    void applyTo(Segment segment, Records.Changes<R> into) {
        for (Change<R> change : changes) {
            if (change instanceof Change.Put<R> put) {
                into.put(put.rows(), put.commit(), put.deadline(), put.own());
            } else if (change instanceof Change.Delete<R> delete) {
                into.delete(delete.carrier());
            }
        }
        changes.clear();
        segment.count(rows, rowBytes);
        segment.endsAt(end);
    }

    /** All of the file. */
    byte[] bytes() {
        return bytes;
    }

    /** The offset after the last record. */
    int end() {
        return end;
    }

    /** The latest commit; 0 if there is no record. */
    long commit() {
        return commit;
    }

    /** Up to where the log was on disk, as the records say. */
    long forced() {
        return forced;
    }
}
