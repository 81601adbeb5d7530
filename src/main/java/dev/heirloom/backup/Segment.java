package dev.heirloom.backup;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * One file of a journal: a part of the log, from a position on.
 *
 * <p>Not thread-safe for writing; forcing is for any thread.
 */
final class Segment {
    /*
     * offset 0   "HEIRLOOM"                     little endian throughout
     *        8   version of the format, int
     *       12   position of the first record, long, and CRC-32C of the 20 bytes before; zeros while it is a spare
     *       24   length of the description of rows, int, and CRC-32C of it and of the length
     *       32   description of rows, zeros up to the next multiple of 8
     *            records, each at a multiple of 8; zeros after the last
     *
     * A record:
     *        0   length of its body, int, not 0
     *        4   CRC-32C of the body
     *        8   CRC-32C of the 8 bytes before, with an eighth of its position, exclusive or
     *       12   body, zeros up to the next multiple of 8
     */
    static final int VERSION = 1;
    static final int RECORD_HEAD = 12;

    /** "HEIRLOOM", as a number. */
    private static final long MAGIC = 0x4D4F4F4C52494548L;

    private static final int DESCRIPTION = 24;
    private static final int STAMP = 12;
    private static final int HEAD = 32;

    private final String name;
    private final Disk.LogFile file;

    /** Where the records begin. */
    private final int offset;

    private final byte[] description;

    /** The position of the first record; -1 while it is a spare. */
    private long start;

    /** The offset after the last record. */
    private int end;

    /** How much of it is on disk. */
    private int forced;

    private volatile long rowsPut;
    private volatile long rowBytesPut;

    private Segment(String name, Disk.LogFile file, byte[] description, long start) {
        this.name = name;
        this.file = file;
        this.description = description;
        this.offset = aligned(HEAD + description.length);
        this.start = start;
        this.end = offset;
    }

    static int aligned(int size) {
        return (size + 7) & -8;
    }

    /** How large a file is that takes records of some size. */
    static long sizeFor(byte[] description, long records) {
        return aligned(HEAD + description.length) + records;
    }

    /** A new file that is to be a part of the log when its turn comes. */
    static Segment spare(Disk disk, String name, int size, byte[] description) throws IOException {
        byte[] head = Arrays.copyOf(head(), HEAD + description.length);
        Numbers.INT.set(head, DESCRIPTION, description.length);
        System.arraycopy(description, 0, head, HEAD, description.length);
        Numbers.INT.set(head, DESCRIPTION + 4, descriptionSum(head));
        return new Segment(name, disk.create(name, size, head), description, -1);
    }

    /**
     * A file that was written before.
     *
     * @throws DamagedException if its head cannot be read
     */
    static Segment open(Disk disk, String name) throws IOException {
        Disk.LogFile file = disk.open(name);
        try {
            return open(name, file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static Segment open(String name, Disk.LogFile file) throws IOException {
        if (file.size() < HEAD) {
            throw new DamagedException(name, 0, "it has " + file.size() + " bytes and no head");
        }
        byte[] head = new byte[HEAD];
        file.read(0, head, 0, HEAD);
        if ((long) Numbers.LONG.get(head, 0) != MAGIC) {
            throw new DamagedException(name, 0, "it does not begin as a segment");
        }
        int version = (int) Numbers.INT.get(head, 8);
        if (version != VERSION) {
            throw new DamagedException(
                    name,
                    8,
                    "it is of version " + version + " of the format, and this release of Heirloom reads version "
                            + VERSION + (version > VERSION ? ": a later one wrote it, which can read it" : ""));
        }
        int length = (int) Numbers.INT.get(head, DESCRIPTION);
        if (length < 0 || length > file.size() - HEAD) {
            throw new DamagedException(name, DESCRIPTION, "its description has a length of " + length);
        }
        byte[] described = Arrays.copyOf(head, HEAD + length);
        file.read(HEAD, described, HEAD, length);
        if (descriptionSum(described) != (int) Numbers.INT.get(head, DESCRIPTION + 4)) {
            throw new DamagedException(name, HEAD, "the checksum of its description is wrong");
        }
        byte[] description = Arrays.copyOfRange(described, HEAD, HEAD + length);
        return new Segment(name, file, description, startIn(name, head));
    }

    private static long startIn(String name, byte[] head) throws IOException {
        long start = (long) Numbers.LONG.get(head, STAMP);
        int sum = (int) Numbers.INT.get(head, STAMP + 8);
        if (start == 0 && sum == 0) {
            return -1;
        }
        if (sum != Records.sum(head, 0, STAMP + 8) || start < 0) {
            throw new DamagedException(name, STAMP, "the checksum of its position is wrong");
        }
        return start;
    }

    private static byte[] head() {
        byte[] head = new byte[HEAD];
        Numbers.LONG.set(head, 0, MAGIC);
        Numbers.INT.set(head, 8, VERSION);
        return head;
    }

    /** Of the description in a head, and of its length. */
    private static int descriptionSum(byte[] head) {
        CRC32C sum = new CRC32C();
        sum.update(head, DESCRIPTION, 4);
        sum.update(head, HEAD, head.length - HEAD);
        return (int) sum.getValue();
    }

    // ---- writing ----

    /** Makes a spare the part of the log that begins at a position. */
    void begin(long position) throws IOException {
        byte[] head = head();
        Numbers.LONG.set(head, STAMP, position);
        Numbers.INT.set(head, STAMP + 8, Records.sum(head, 0, STAMP + 8));
        file.write(STAMP, head, STAMP, 12);
        start = position;
    }

    /** Whether there is room for a record. */
    boolean fits(int body) {
        return aligned(RECORD_HEAD + body) <= file.size() - end;
    }

    /**
     * Appends a record.
     *
     * @param record its body, after {@link #RECORD_HEAD} bytes of room for the head
     * @param rows how many rows it puts
     * @param rowBytes how much of it they take
     */
    void append(ByteSink record, int rows, int rowBytes) throws IOException {
        int body = record.size() - RECORD_HEAD;
        record.putLong(0); // of which the first bytes fill up to the next multiple of 8
        Records.seal(record.array(), body, position());
        int size = aligned(RECORD_HEAD + body);
        file.write(end, record.array(), 0, size);
        end += size;
        count(rows, rowBytes);
    }

    /** Counts what a record puts. */
    void count(int rows, int rowBytes) {
        long before = rowsPut;
        long bytesBefore = rowBytesPut;
        rowsPut = before + rows;
        rowBytesPut = bytesBefore + rowBytes;
    }

    long rowsPut() {
        return rowsPut;
    }

    long rowBytesPut() {
        return rowBytesPut;
    }

    /** Says that no record will be appended any more. */
    void finish() {
        file.finish();
    }

    /** Has everything up to a position, which is within this segment or after it, be on disk. */
    void force(long position) throws IOException {
        int to = (int) Math.min(position - start, (long) file.size() - offset) + offset;
        if (to > forced) {
            file.force(forced, to - forced);
            forced = to;
        }
    }

    // ---- reading ----

    String name() {
        return name;
    }

    Disk.LogFile file() {
        return file;
    }

    byte[] description() {
        return description;
    }

    int offset() {
        return offset;
    }

    boolean isSpare() {
        return start < 0;
    }

    long start() {
        return start;
    }

    /** The position after its last record. */
    long position() {
        return start + (end - offset);
    }

    int size() {
        return file.size();
    }

    /** Says where its records end. */
    void endsAt(int offsetOfEnd) {
        end = offsetOfEnd;
    }

    /**
     * Has all of it be on disk, which was read, up to its end. What may not be is written again: if forcing it has failed
     * in a former process, the system takes for written what is not.
     *
     * @param known up to where the log is on disk for certain
     * @param last whether the log may go on in it
     */
    void secure(long known, boolean last) throws IOException {
        if (position() >= known) { // also one that was begun, and nothing more
            rewrite(0, offset);
            rewrite((int) Math.max(offset, known - start + offset), end);
        }
        if (!last) {
            finish();
        }
        file.force(0, size());
        forced = end;
    }

    private void rewrite(int from, int to) throws IOException {
        int length = Math.min(to, size()) - from; // the file may have been cut short
        if (length > 0) {
            byte[] bytes = new byte[length];
            file.read(from, bytes, 0, bytes.length);
            file.write(from, bytes, 0, bytes.length);
        }
    }
}
