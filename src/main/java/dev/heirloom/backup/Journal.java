package dev.heirloom.backup;

import dev.heirloom.table.CommitLog;
import dev.heirloom.table.OutcomeUnknownException;
import dev.heirloom.table.ReadOnlyTableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The log of one table: a sequence of segments, each a file. Records are appended to the last one under the lock of the
 * table; everything else that is to be done is done by whoever waits for it, or by the {@link Keeper}.
 *
 * <p>Thread-safe.
 *
 * @param <R> the type of the rows
 */
final class Journal<R> implements CommitLog<R> {
    /** Of the first record of all. */
    static final long FIRST = 8;

    /** How many segments may be written before the keeper has had its first look. */
    private static final int UNSEEN = 2;

    /** How long a writer waits for a segment to be cleaned. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String table;
    private final Disk disk;
    private final Durability durability;
    private final RowFormat<R> format;
    private final byte[] description;
    private final int segmentSize;
    private final Keeper keeper;

    private final AtomicReference<@Nullable JournalEntry<R>> unused = new AtomicReference<>();

    /** The oldest first; the last one is written. Guarded by this, as is the spare. */
    private final Deque<Segment> segments = new ArrayDeque<>();

    /** Written under the lock of the table. */
    private volatile Segment current;

    /** What comes after it; null while it is not made. */
    private volatile @Nullable Segment spare;

    /** How many segments there are. Written with the monitor. */
    private volatile int count;

    /** How many segments there may be before writers wait for the keeper, who may need more. */
    private volatile int most;

    /** Held by whoever makes a segment. Taken before the monitor. */
    private final Object preparing = new Object();

    /** Of the next file. Guarded by {@link #preparing}. */
    private int number;

    /** The position after the last record. Written under the lock of the table. */
    private volatile long written;

    /** Held by the thread that has something be on disk: those who wait for it meanwhile come out with it. */
    private final ReentrantLock forcing = new ReentrantLock();

    /** Up to where everything is on disk. Written with {@link #forcing}. */
    private volatile long forced;

    /** Why nothing can be written any more; null while it can. */
    private volatile @Nullable Throwable failure;

    private volatile boolean closed;

    /**
     * Begins to write, after what there is.
     *
     * @param found what was read
     * @param keeper who looks after it
     */
    Journal(
            String table,
            Disk disk,
            Durability durability,
            RowFormat<R> format,
            int segmentSize,
            Recovered found,
            Keeper keeper)
            throws IOException {
        this.table = table;
        this.disk = disk;
        this.durability = durability;
        this.format = format;
        this.description = format.description();
        this.segmentSize = segmentSize;
        this.number = found.nextNumber();
        this.keeper = keeper;
        this.written = found.end();
        this.forced = found.segments().isEmpty() ? FIRST : found.end(); // whatever is before is none of its own
        segments.addAll(found.segments());
        Segment last = segments.peekLast();
        if (last != null && Arrays.equals(last.description(), description)) {
            this.current = last;
        } else {
            if (last != null) {
                last.finish();
            }
            this.current = makeSegment(0);
            current.begin(written);
            segments.add(current);
        }
        this.count = segments.size();
        this.most = count + UNSEEN;
    }

    // ---- appending ----

    @Override
    public Entry<R> entry() {
        checkWritable();
        JournalEntry<R> entry = unused.getAndSet(null);
        return entry == null ? new JournalEntry<>(format) : entry;
    }

    @Override
    public void release(Entry<R> entry) {
        JournalEntry<R> used = (JournalEntry<R>) entry;
        if (!used.isLarge()) {
            used.clear();
            unused.set(used);
        }
    }

    @Override
    public boolean hasRoom(Entry<R> entry) {
        int body = ((JournalEntry<R>) entry).body();
        Segment next = spare;
        return failure != null
                || closed
                || (current.fits(body) && mayHave(count))
                || (next != null && next.fits(body) && mayHave(count + 1));
    }

    /** Whether this thread may write though there are so many segments. */
    private boolean mayHave(int segmentsThen) {
        return segmentsThen <= most || !keeper.runsElsewhere();
    }

    @Override
    public void makeRoom(Entry<R> entry) {
        awaitCleaning(entry);
        try {
            prepare(((JournalEntry<R>) entry).body());
        } catch (IOException e) {
            fail(e);
            throw readOnly(e);
        }
    }

    /** Waits for the keeper, if more is written than it cleans; not for long, and not if that is interrupted. */
    private synchronized void awaitCleaning(Entry<R> entry) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!mayHave(count + 1) && !hasRoom(entry)) {
            keeper.wake();
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            boolean interrupted = Thread.currentThread().isInterrupted();
            if (left <= 0 || interrupted) {
                most = count + 1;
                return;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public long append(Entry<R> entry, long commit, long epoch) {
        checkWritable();
        JournalEntry<R> made = (JournalEntry<R>) entry;
        try {
            if (!current.fits(made.body())) {
                beginNext();
            }
            Segment segment = current;
            segment.append(made.finished(commit, epoch, forced), made.rows(), made.rowBytes());
            written = segment.position();
            return written;
        } catch (IOException e) {
            fail(e);
            throw readOnly(e);
        }
    }

    /** Under the lock of the table. */
    private synchronized void beginNext() throws IOException {
        Segment next = spare;
        if (next == null) {
            throw new IOException("there is no room");
        }
        next.begin(written);
        current.finish();
        segments.add(next);
        count = segments.size();
        current = next;
        spare = null;
        keeper.wake();
    }

    private void checkWritable() {
        Throwable why = failure;
        if (why != null) {
            throw readOnly(why);
        }
        if (closed) {
            throw new ReadOnlyTableException(table, "its journal is closed");
        }
    }

    private ReadOnlyTableException readOnly(Throwable why) {
        return new ReadOnlyTableException(table, "its journal has failed: " + reason(why));
    }

    /** What a failure says; never null. */
    static String reason(Throwable why) {
        String message = why.getMessage();
        return message == null ? why.toString() : message;
    }

    // ---- safety ----

    @Override
    public void awaitSafe(long position) {
        if (durability != Durability.ALWAYS || position <= forced) {
            return;
        }
        try {
            force(position);
        } catch (IOException e) {
            throw new OutcomeUnknownException(table, "its journal has failed: " + reason(e), e);
        }
    }

    /** Has everything up to a position, and what was written meanwhile, be on disk. */
    void force(long position) throws IOException {
        forcing.lock();
        try {
            if (position <= forced) {
                return;
            }
            Throwable why = failure;
            if (why != null) { // what could not be forced once may be lost though it can be forced again
                throw new IOException(reason(why), why);
            }
            long target = written;
            for (Segment segment : unforced()) {
                segment.force(Math.min(target, segment.position()));
            }
            forced = target;
        } catch (IOException e) {
            fail(e);
            throw e;
        } finally {
            forcing.unlock();
        }
    }

    private synchronized List<Segment> unforced() {
        return segments.stream()
                .filter(each -> each.position() > forced || each == current)
                .toList();
    }

    // ---- failure and end ----

    /** Nothing can be written any more. */
    synchronized void fail(Throwable why) {
        if (failure == null) {
            failure = why;
        }
        notifyAll();
    }

    /** Why nothing can be written any more; null while it can. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /**
     * Has everything be on disk, and writes nothing any more. Nobody appends at the same time.
     *
     * @throws IOException if that fails; it is closed all the same
     */
    void close(long commit, long epoch) throws IOException {
        if (closed) {
            return;
        }
        end();
        try {
            force(written);
            JournalEntry<R> end = new JournalEntry<>(format);
            end.of(Records.CLOSED);
            if (failure == null && current.fits(end.body())) {
                current.append(end.finished(commit, epoch, forced), 0, 0);
                current.force(current.position());
            }
        } catch (IOException e) {
            fail(e);
            throw e;
        } finally {
            synchronized (preparing) { // whoever makes a spare meanwhile makes it to be removed
                for (Segment each : segments()) {
                    each.file().close();
                }
                Segment unneeded = spare;
                if (unneeded != null) {
                    remove(unneeded);
                }
            }
        }
    }

    /**
     * Throws everything away; nothing is written any more.
     *
     * @throws IOException if a file cannot be closed or deleted; the others are all the same
     */
    void discard() throws IOException {
        end();
        synchronized (preparing) {
            List<Segment> all = new ArrayList<>(segments());
            Segment unneeded = spare;
            if (unneeded != null) {
                all.add(unneeded);
            }
            IOException failed = null;
            for (Segment each : all) {
                try {
                    remove(each);
                } catch (IOException e) {
                    if (failed == null) {
                        failed = e;
                    } else {
                        failed.addSuppressed(e);
                    }
                }
            }
            if (failed != null) {
                throw failed;
            }
        }
    }

    private synchronized void end() {
        closed = true;
        notifyAll();
    }

    int nextNumber() {
        synchronized (preparing) {
            return number;
        }
    }

    // ---- for the keeper ----

    /** Makes the next segment, if it will be needed soon and there are not too many. */
    void prepare() throws IOException {
        if (current.position() - current.start() > segmentSize / 2 && count < most) {
            prepare(0);
        }
    }

    /** Has writers wait for the keeper that would need more segments than so many. */
    synchronized void limit(int segments) {
        most = segments;
        notifyAll();
    }

    /** Has a record find room in the next segment. */
    private void prepare(int body) throws IOException {
        synchronized (preparing) {
            Segment next = spare;
            if (closed || failure != null || (next != null && next.fits(body))) {
                return;
            }
            Segment made = makeSegment(body);
            synchronized (this) { // there is always one, lest somebody who has just seen one look in vain
                next = spare;
                spare = made;
                notifyAll();
            }
            if (next != null) {
                remove(next);
            }
        }
    }

    private void remove(Segment segment) throws IOException {
        segment.file().close();
        disk.delete(segment.name());
    }

    private Segment makeSegment(int body) throws IOException {
        long size = Math.max(segmentSize, Segment.sizeFor(description, Segment.aligned(Segment.RECORD_HEAD + body)));
        return Segment.spare(
                disk, String.format(Locale.ROOT, "%08d.log", number++), Math.toIntExact(size), description);
    }

    /** The segments, the oldest first; the last one is being written. */
    synchronized List<Segment> segments() {
        return List.copyOf(segments);
    }

    /** Forgets the oldest segment, of which nothing is needed any more. */
    void drop(Segment oldest) throws IOException {
        synchronized (this) {
            if (segments.peek() != oldest || oldest == current) {
                throw new IllegalStateException(oldest.name() + " is not the oldest");
            }
            segments.remove();
            count = segments.size();
            notifyAll();
        }
        remove(oldest);
    }

    long written() {
        return written;
    }

    long forced() {
        return forced;
    }

    String table() {
        return table;
    }

    RowFormat<R> format() {
        return format;
    }
}
