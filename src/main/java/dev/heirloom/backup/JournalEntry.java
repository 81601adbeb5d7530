package dev.heirloom.backup;

import dev.heirloom.table.CommitLog;
import dev.heirloom.table.Expiry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record in the making. For one thread at a time. */
final class JournalEntry<R> implements CommitLog.Entry<R> {
    /** A buffer that has grown beyond this is not used again. */
    private static final int LARGE = 1 << 20;

    private final ByteSink record = new ByteSink();
    private final RowFormat<R> format;
    private byte kind;
    private int changes;
    private int rows;
    private int rowBytes;

    JournalEntry(RowFormat<R> format) {
        this.format = format;
        clear();
    }

    void clear() {
        Records.begin(record);
        kind = Records.UNIT;
        changes = 0;
        rows = 0;
        rowBytes = 0;
    }

    boolean isLarge() {
        return record.array().length > LARGE;
    }

    @Override
    public void put(List<R> written, long commit, long deadline, @Nullable Expiry own) {
        int before = record.size();
        Records.put(record, written, format, commit, deadline, own);
        changes++;
        rows += written.size();
        rowBytes += record.size() - before;
        if (commit != CommitLog.NOWHERE) {
            kind = Records.MOVED;
        }
    }

    @Override
    public void delete(R carrier) {
        Records.delete(record, carrier, format);
        changes++;
    }

    /** How many bytes its body has. */
    int body() {
        return record.size() - Segment.RECORD_HEAD;
    }

    /** How many rows it puts. */
    int rows() {
        return rows;
    }

    int rowBytes() {
        return rowBytes;
    }

    void of(byte kindOfRecord) {
        kind = kindOfRecord;
    }

    /** The record, once the rest is known. */
    ByteSink finished(long commit, long epoch, long forced) {
        Records.finish(record, kind, changes, commit, epoch, forced);
        return record;
    }
}
