package dev.heirloom.backup;

import dev.heirloom.table.Expiry;
import dev.heirloom.table.Rewriter;
import dev.heirloom.table.VersionedTable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a journal from growing: what is still of use in its oldest segment is written once more, at the end, and the
 * segment is thrown away. So there is never a second copy of the table, and no pause. For one thread.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
final class Cleaner<K, R> {
    /** How much of a journal may be of no use, as a share of what is. */
    private static final double GARBAGE = 0.7;

    /** How many segments there may be whatever they hold. */
    private static final int FREE = 2;

    /** How many keys are written together; writers wait for so many look-ups. */
    private static final int BATCH = 32;

    /** How large a journal may become before writers wait, as a multiple of what is of use in it. */
    private static final int MOST = 2;

    /** Of what was cleaned, how much may have been of use before that counts as not worth it. */
    private static final double WORTH = 0.9;

    private final Journal<R> journal;
    private final VersionedTable<K, R> table;

    /** Where the log ended when the round began that cleans each segment once. */
    private long roundEnd;

    /** How much was thrown away in this round, and how much of it was written once more. */
    private long cleaned;

    private long moved;

    /** Nothing is cleaned before the log has come so far. */
    private long notBefore;

    Cleaner(Journal<R> journal, VersionedTable<K, R> table) {
        this.journal = journal;
        this.table = table;
    }

    /** Cleans a segment if there is too much of no use, and says whether it did. */
    boolean clean() throws IOException {
        List<Segment> segments = journal.segments();
        List<Segment> cleanable = segments.subList(0, Math.max(0, segments.size() - FREE));
        double used = cleanable.stream().mapToDouble(Segment::size).sum();
        double useful = useful(cleanable);
        if (used <= (1 + GARBAGE) * useful || cleanable.isEmpty()) {
            journal.limit(mostFor(useful, used, cleanable.size()));
            return false;
        }
        Segment oldest = segments.get(0);
        if (oldest.start() >= roundEnd) {
            endRound();
        }
        long soonest = notBefore - journal.written();
        if (soonest > 0) { // nobody waits for what is not done
            journal.limit(segments.size() + 1 + (int) (soonest / oldest.size()));
            return false;
        }
        journal.limit(mostFor(useful, used, cleanable.size()));
        long before = journal.written();
        long position = moveUp(oldest);
        journal.force(position);
        journal.drop(oldest);
        cleaned += oldest.size();
        moved += position - before;
        return true;
    }

    /** About how much of some segments is of use, bytes: as many rows as there are, of the size of those written. */
    private double useful(List<Segment> segments) {
        long rows = 0;
        double rowBytes = 0;
        for (Segment each : segments) {
            rows += each.rowsPut();
            rowBytes += each.rowBytesPut();
        }
        return rows == 0 ? 0 : table.size() * rowBytes / rows;
    }

    private static int mostFor(double useful, double used, int segments) {
        return FREE + 1 + (int) Math.ceil(segments == 0 ? 0 : MOST * useful * segments / used);
    }

    /** If nearly all was of use, the size of rows was misjudged: then the log has to grow before it is worth a try. */
    private void endRound() {
        if (moved > WORTH * cleaned) {
            notBefore = journal.written() + cleaned / 2;
        }
        roundEnd = journal.written();
        cleaned = 0;
        moved = 0;
    }

    /** Writes what is of use once more, and says where that ends. */
    private long moveUp(Segment segment) throws IOException {
        Rewriter<K, R> rewriter = table.rewriter();
        byte[] bytes = new byte[segment.size()];
        segment.file().read(0, bytes, 0, bytes.length);
        RowFormat.Reader<R> reader = journal.format().reader(segment.description());
        long end = journal.written();
        int at = segment.offset();
        while (true) {
            int body = Records.bodyAt(bytes, at, segment.start() + (at - segment.offset()));
            if (body < 0) {
                break;
            }
            ByteSource source = new ByteSource(bytes, at + Records.BODY, at + Records.BODY + body);
            Records.readChanges(Records.Head.read(source), source, reader, new Records.Changes<R>() {
                @Override
                public void put(List<R> rows, long commit, long deadline, @Nullable Expiry own) {
                    rewriter.add(rows.get(0), commit);
                }

                @Override
                public void delete(R carrier) {
                    // whatever it deleted is in no older segment
                }
            });
            if (rewriter.size() >= BATCH) {
                journal.prepare();
                end = Math.max(end, rewriter.write(journal));
            }
            at += Segment.aligned(Records.BODY + body);
        }
        if (segment.start() + (at - segment.offset()) != segment.position()) {
            throw new DamagedException(segment.name(), at, "what was written cannot be read any more");
        }
        return Math.max(end, rewriter.write(journal));
    }
}
