package dev.heirloom.backup;

import dev.heirloom.table.Expiry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what can be read of a journal whose files are damaged, up to the damage and after it, and changes none of them.
 *
 * <p>Every place at which a record may begin is looked at, and every record counts whose checksums are right. What the
 * damage took is not known: a row that was changed or deleted there is as it was before. A unit of work is there whole or
 * not at all. {@link Recovery} is for journals that are whole but for their end.
 *
 * @param <R> the type of the rows
 */
final class Salvage<R> {
    /** How many places are named. */
    private static final int NAMED = 10;

    private final Disk disk;
    private final RowFormat<R> format;
    private final Records.Changes<R> into;

    private final List<String> places = new ArrayList<>();
    private final Map<String, byte[]> descriptions = new HashMap<>();
    private int unnamed;
    private long leftOut;
    private long records;

    private long commit = 1;

    /** Where the log should go on; -1 if that is not known. */
    private long end = -1;

    /** @param into is told of every change that can be read, in order */
    Salvage(Disk disk, RowFormat<R> format, Records.Changes<R> into) {
        this.disk = disk;
        this.format = format;
        this.into = into;
    }

    Salvaged run() throws IOException {
        List<String> names = Recovery.files(disk.names());
        byte[] description = null;
        for (int i = names.size() - 1; i >= 0; i--) { // one that is damaged has that of its neighbour, most likely
            Segment segment = segment(names.get(i));
            description = segment == null ? description : segment.description();
            if (description != null) {
                descriptions.put(names.get(i), description);
            }
        }
        for (String name : names) {
            read(name);
        }
        if (unnamed > 0) {
            places.add("and " + unnamed + " more");
        }
        return new Salvaged(records, leftOut, String.join("; ", places));
    }

    /** The latest commit that was read; 1, that of an empty table, if there is none. */
    long commit() {
        return commit;
    }

    /** Null if its head is damaged. */
    private @Nullable Segment segment(String name) throws IOException {
        try {
            Segment segment = Segment.open(disk, name);
            segment.file().close();
            return segment;
        } catch (DamagedException e) {
            return null;
        }
    }

    private void read(String name) throws IOException {
        byte[] bytes = bytes(name);
        Segment segment = segment(name);
        if (segment == null) {
            leave("the head of " + name, 0);
        } else if (!segment.isSpare() && end >= 0 && segment.start() != end) {
            leave("something before " + name, 0);
        }
        Places places = new Places(bytes);
        if (segment != null && !segment.isSpare()) {
            places.startAt(segment.offset(), segment.start());
        }
        int after = readRecords(name, bytes, places, segment == null ? 0 : segment.offset(), segment == null);
        int last = bytes.length;
        while (last > after && bytes[last - 1] == 0) {
            last--;
        }
        if (last > after) {
            leave(name, after, last);
        }
        if (segment == null || !segment.isSpare()) {
            end = segment == null || last > after ? -1 : segment.start() + (after - segment.offset());
        }
    }

    private byte[] bytes(String name) throws IOException {
        Disk.LogFile file = disk.open(name);
        try {
            byte[] bytes = new byte[file.size()];
            file.read(0, bytes, 0, bytes.length);
            return bytes;
        } finally {
            file.close();
        }
    }

    /**
     * Reads all records there are from an offset on, and says where the last one ends.
     *
     * @param headless whether what is before the first record is a damaged head, which was named before
     */
    private int readRecords(String name, byte[] bytes, Places places, int from, boolean headless) {
        RowFormat.Reader<R> reader = null;
        int after = from;
        for (int at = from; at < bytes.length; ) {
            int body = places.bodyAt(at);
            if (body < 0) {
                at += 8;
                continue;
            }
            if (at > after && !(headless && after == from)) {
                leave(name, after, at);
            }
            int next = at + Segment.aligned(Records.BODY + body);
            try {
                reader = reader == null ? format.reader(descriptions.getOrDefault(name, format.description())) : reader;
                apply(new ByteSource(bytes, at + Records.BODY, at + Records.BODY + body), reader);
                records++;
            } catch (MalformedException | UnreadableRowException e) {
                leave(name + ", bytes " + at + " to " + next + ", which hold no rows of the present type", next - at);
            }
            at = next;
            after = next;
        }
        return after;
    }

    /** Tells of the changes of a record once all of them are known to be readable. */
    private void apply(ByteSource body, RowFormat.Reader<R> reader) {
        Records.Head head = Records.Head.read(body);
        List<Runnable> changes = new ArrayList<>();
        commit = Math.max(commit, head.commit());
        Records.readChanges(head, body, reader, new Records.Changes<>() {
            @Override
            public void put(List<R> rows, long commit, long deadline, @Nullable Expiry own) {
                changes.add(() -> into.put(rows, commit, deadline, own));
            }

            @Override
            public void delete(R carrier) {
                changes.add(() -> into.delete(carrier));
            }
        });
        changes.forEach(Runnable::run);
    }

    private void leave(String name, int from, int to) {
        leave(name + ", bytes " + from + " to " + to, to - from);
    }

    private void leave(String place, long bytes) {
        leftOut += bytes;
        if (places.size() < NAMED) {
            places.add(place);
        } else {
            unnamed++;
        }
    }

    /** The places of a file where records may be: if its head does not say which position it has, its first record does. */
    private static final class Places {
        private final byte[] bytes;
        private boolean known;

        /** An eighth of the position of byte 0, its lower 32 bits: heads have no more of it. */
        private int origin;

        Places(byte[] bytes) {
            this.bytes = bytes;
        }

        void startAt(int offset, long position) {
            known = true;
            origin = (int) (position >>> 3) - (offset >>> 3);
        }

        /** The length of the body of a record that is there; -1 if there is none. */
        int bodyAt(int at) {
            if (bytes.length - at < Segment.RECORD_HEAD) {
                return -1;
            }
            int eighth = known ? origin + (at >>> 3) : Records.eighthAt(bytes, at);
            int body = Records.bodyAt(bytes, at, Integer.toUnsignedLong(eighth) << 3);
            if (body >= 0 && !known) {
                known = true;
                origin = eighth - (at >>> 3);
            }
            return body;
        }
    }
}
