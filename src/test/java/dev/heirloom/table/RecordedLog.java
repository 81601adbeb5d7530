package dev.heirloom.table;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A log that remembers what was written, and does what a test wants at each step. Thread-safe. */
public final class RecordedLog<R> implements CommitLog<R> {
    /** What one commit wrote: "put [rows]" or "delete carrier", and with what numbers. */
    public record Written(List<String> what, long commit, long epoch) {}

    /** What one commit is about to write. */
    private final class Recorded implements Entry<R> {
        private final List<String> what = new ArrayList<>();

        @Override
        public void put(List<R> rows, long commit, long deadline, @Nullable Expiry own) {
            what.add("put " + rows + (commit == NOWHERE ? "" : " of " + commit)
                    + (deadline == Expiry.NEVER_MILLIS ? "" : " until " + deadline));
        }

        @Override
        public void delete(R carrier) {
            what.add("delete " + carrier);
        }
    }

    public final List<Written> written = new CopyOnWriteArrayList<>();
    public volatile Runnable onEntry = () -> {};
    public volatile Runnable onAppend = () -> {};
    public volatile Runnable onSafe = () -> {};
    public volatile Runnable onMakeRoom = () -> {};
    public volatile boolean room = true;
    private int entries;
    private int released;

    @Override
    public synchronized Entry<R> entry() {
        onEntry.run();
        entries++;
        return new Recorded();
    }

    @Override
    public void makeRoom(Entry<R> entry) {
        onMakeRoom.run();
        room = true;
    }

    @Override
    public boolean hasRoom(Entry<R> entry) {
        return room;
    }

    @Override
    @SuppressWarnings("unchecked")
    public long append(Entry<R> entry, long commit, long epoch) {
        onAppend.run();
        written.add(new Written(List.copyOf(((Recorded) entry).what), commit, epoch));
        return written.size();
    }

    @Override
    public synchronized void release(Entry<R> entry) {
        released++;
    }

    @Override
    public void awaitSafe(long position) {
        if (position > NOWHERE) {
            onSafe.run();
        }
    }

    /** How many entries were not given back. */
    public synchronized int held() {
        return entries - released;
    }

    public List<String> last() {
        return written.get(written.size() - 1).what();
    }
}
