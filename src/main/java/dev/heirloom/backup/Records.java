package dev.heirloom.backup;

import dev.heirloom.table.CommitLog;
import dev.heirloom.table.Expiry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** What a record of a journal says: its bytes, as they are written and read. */
final class Records {
    /*
     * The body of a record, little endian:
     *        0   kind, byte; 3 bytes unused
     *        4   number of changes, int
     *        8   latest commit, long: of a unit of work its own
     *       16   epoch of the writer, long
     *       24   position up to which the log was known to be on disk, long
     *       32   changes
     *
     * A change:
     *        flags, byte
     *        number of rows, varint              if MANY; otherwise there is one
     *        commit, varlong                     if MOVED
     *        deadline, long                      if DEADLINE, in milliseconds since the epoch
     *        what was said of the key alone      by OWN: a moment or a duration, as seconds and nanoseconds
     *        the rows; of a deleted key one that has the key
     */
    /** A unit of work: its changes, all or none. */
    static final byte UNIT = 1;

    /** Rows written once more, each with the commit that gave them to their key. */
    static final byte MOVED = 2;

    /** The journal was opened: the epoch is the first of its start. */
    static final byte OPENED = 3;

    /** The journal was closed, and everything before is on disk. */
    static final byte CLOSED = 4;

    static final int BODY = Segment.RECORD_HEAD;
    static final int CHANGES = 32;

    private static final int DELETE = 1;
    private static final int MANY = 1 << 1;
    private static final int DEADLINE = 1 << 2;
    private static final int COMMIT = 1 << 3;
    private static final int OWN = 3 << 4;
    private static final int OWN_NEVER = 1 << 4;
    private static final int OWN_AT = 2 << 4;
    private static final int OWN_AFTER_WRITE = 3 << 4;

    private Records() {}

    /** What a record says besides its changes. */
    record Head(byte kind, int changes, long commit, long epoch, long forced) {
        static Head read(ByteSource body) {
            byte kind = body.getByte();
            body.skip(3);
            return new Head(kind, body.getInt(), body.getLong(), body.getLong(), body.getLong());
        }
    }

    /** Who hears what a record changes. */
    interface Changes<R> {
        void put(List<R> rows, long commit, long deadline, @Nullable Expiry own);

        void delete(R carrier);
    }

    // ---- writing ----

    /** Leaves room for what is known at the end. */
    static void begin(ByteSink record) {
        record.clear();
        for (int i = 0; i < BODY + CHANGES; i += 4) {
            record.putInt(0);
        }
    }

    static <R> void put(
            ByteSink record, List<R> rows, RowFormat<R> format, long commit, long deadline, @Nullable Expiry own) {
        int count = rows.size();
        int flags = (count == 1 ? 0 : MANY)
                | (deadline == Long.MAX_VALUE ? 0 : DEADLINE)
                | (commit == CommitLog.NOWHERE ? 0 : COMMIT)
                | own(own);
        record.putByte((byte) flags);
        if (count != 1) {
            record.putVarInt(count);
        }
        if (commit != CommitLog.NOWHERE) {
            record.putVarLong(commit);
        }
        if (deadline != Long.MAX_VALUE) {
            record.putLong(deadline);
        }
        if (own != null) {
            own.moment().ifPresent(at -> putTime(record, at.getEpochSecond(), at.getNano()));
            own.idle().ifPresent(idle -> putTime(record, idle.getSeconds(), idle.getNano()));
        }
        for (R row : rows) {
            format.write(row, record);
        }
    }

    static <R> void delete(ByteSink record, R carrier, RowFormat<R> format) {
        record.putByte((byte) DELETE);
        format.write(carrier, record);
    }

    private static int own(@Nullable Expiry own) {
        if (own == null) {
            return 0;
        }
        return own.moment().isPresent() ? OWN_AT : own.idle().isPresent() ? OWN_AFTER_WRITE : OWN_NEVER;
    }

    private static void putTime(ByteSink record, long seconds, int nanos) {
        record.putVarLong(seconds);
        record.putVarInt(nanos);
    }

    /** Fills in what is known only when the record is appended. */
    static void finish(ByteSink record, byte kind, int changes, long commit, long epoch, long forced) {
        byte[] bytes = record.array();
        bytes[BODY] = kind;
        Numbers.INT.set(bytes, BODY + 4, changes);
        Numbers.LONG.set(bytes, BODY + 8, commit);
        Numbers.LONG.set(bytes, BODY + 16, epoch);
        Numbers.LONG.set(bytes, BODY + 24, forced);
    }

    /** Writes the head of a record with a body of some length, which is to be at a position. */
    static void seal(byte[] record, int body, long position) {
        Numbers.INT.set(record, 0, body);
        Numbers.INT.set(record, 4, sum(record, BODY, body));
        Numbers.INT.set(record, 8, headSum(record, 0, position));
    }

    // ---- reading ----

    static int sum(byte[] bytes, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }

    /** Of a head, and the position it is at. */
    private static int headSum(byte[] bytes, int at, long position) {
        return sum(bytes, at, 8) ^ (int) (position >>> 3);
    }

    /** An eighth of the position that a head is of, if it is one: the lower 32 bits. */
    static int eighthAt(byte[] segment, int at) {
        return (int) Numbers.INT.get(segment, at + 8) ^ sum(segment, at, 8);
    }

    /** The length of the body of a record, if there is one of that position; otherwise -1. */
    static int bodyAt(byte[] segment, int at, long position) {
        if (segment.length - at < Segment.RECORD_HEAD) {
            return -1;
        }
        int length = (int) Numbers.INT.get(segment, at);
        if (length < CHANGES
                || length > segment.length - at - BODY
                || (int) Numbers.INT.get(segment, at + 8) != headSum(segment, at, position)
                || (int) Numbers.INT.get(segment, at + 4) != sum(segment, at + BODY, length)) {
            return -1;
        }
        return length;
    }

    /** Reads the changes of a record, whose head was read. */
    static <R> void readChanges(Head head, ByteSource body, RowFormat.Reader<R> reader, Changes<R> into) {
        for (int i = 0; i < head.changes(); i++) {
            int flags = body.getByte();
            if ((flags & DELETE) != 0) {
                into.delete(reader.read(body));
                continue;
            }
            int count = (flags & MANY) == 0 ? 1 : body.getVarInt();
            long commit = (flags & COMMIT) == 0 ? head.commit() : body.getVarLong();
            long deadline = (flags & DEADLINE) == 0 ? Long.MAX_VALUE : body.getLong();
            Expiry own = readOwn(flags & OWN, body);
            into.put(readRows(count, body, reader), commit, deadline, own);
        }
    }

    private static <R> List<R> readRows(int count, ByteSource body, RowFormat.Reader<R> reader) {
        if (count == 1) {
            return List.of(reader.read(body));
        }
        List<R> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(reader.read(body));
        }
        return rows;
    }

    private static @Nullable Expiry readOwn(int kind, ByteSource body) {
        return switch (kind) {
            case OWN_NEVER -> Expiry.never();
            case OWN_AT -> Expiry.at(Instant.ofEpochSecond(body.getVarLong(), body.getVarInt()));
            case OWN_AFTER_WRITE -> Expiry.afterWrite(Duration.ofSeconds(body.getVarLong(), body.getVarInt()));
            default -> null;
        };
    }
}
