package dev.heirloom.backup;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Does what journals need done now and then: makes segments, has everything be on disk once a second, cleans a segment
 * at a time. One thread runs it for all journals of a directory, until it is stopped.
 */
final class Keeper implements Runnable {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** What one journal needs. */
    interface Chores {
        /** Does what is urgent; must not throw. */
        void urgent();

        /** Does what is to be done once a second; must not throw. */
        void everySecond();

        /** Does a part of what can wait, and says whether it did; must not throw. */
        boolean clean();
    }

    private final List<Chores> all = new CopyOnWriteArrayList<>();
    private volatile boolean woken;
    private volatile boolean stopped;
    private volatile @Nullable Thread thread;

    /** Whose turn it is to be cleaned. For the thread that runs it. */
    private int turn;

    void add(Chores chores) {
        all.add(chores);
        wake();
    }

    void remove(Chores chores) {
        all.remove(chores);
    }

    /** Has it look for what is urgent. Never blocks. */
    void wake() {
        if (!woken) {
            woken = true;
            LockSupport.unpark(thread);
        }
    }

    /** Whether it runs, in another thread: then it may be waited for. */
    boolean runsElsewhere() {
        Thread its = thread;
        return its != null && its != Thread.currentThread();
    }

    /** Has {@link #run} return soon. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        long last = System.nanoTime();
        boolean cleaning = false;
        while (!stopped) {
            cleaning |= woken; // a segment is full, so another may have to go
            woken = false;
            all.forEach(Chores::urgent);
            long now = System.nanoTime();
            if (now - last >= SECOND) {
                last = now;
                all.forEach(Chores::everySecond);
                cleaning = true;
            }
            cleaning = cleaning && cleanOne();
            if (!woken && !cleaning && !stopped) {
                Thread.interrupted(); // nobody has a reason to interrupt it; parking would return at once
                LockSupport.parkNanos(this, Math.max(1, last + SECOND - System.nanoTime()));
            }
        }
        thread = null;
    }

    /** Lets one journal do a part, lest what is urgent to others wait for all of it; says whether there may be more. */
    private boolean cleanOne() {
        List<Chores> now = List.copyOf(all);
        for (int i = 0; i < now.size(); i++) {
            turn++;
            if (now.get(Math.floorMod(turn, now.size())).clean()) {
                return true;
            }
        }
        return false;
    }
}
