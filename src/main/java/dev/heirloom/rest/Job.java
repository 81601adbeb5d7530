package dev.heirloom.rest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that takes longer than a request may: how far it is, and what came of it. It can be cancelled until it says
 * that it {@linkplain #commit commits}. Thread-safe.
 */
final class Job {
    enum Kind {
        IMPORT,
        EXPORT
    }

    enum State {
        RUNNING,
        DONE,
        FAILED,
        CANCELLED
    }

    /**
     * What a job leaves for somebody to fetch.
     *
     * @param name what whoever fetches it should call it
     */
    record Result(Path file, String name, boolean zipped) {}

    /** Ends what a cancelled job does. */
    static final class CancelledException extends RuntimeException {
        CancelledException() {
            super("cancelled", null, false, false); // wanted: no stack trace
        }
    }

    private final String id = UUID.randomUUID().toString();
    private final Instant started = Instant.now();
    private final Kind kind;
    private final String table;
    private volatile long rows;
    private volatile double progress;
    private volatile boolean cancelled;

    // What follows is guarded by this.

    private boolean committing;
    private State state = State.RUNNING;
    private @Nullable Instant ended;
    private @Nullable Problem problem;
    private @Nullable Result result;

    Job(Kind kind, String table) {
        this.kind = kind;
        this.table = table;
    }

    // ---- for who does it ----

    /**
     * Tells how far it is.
     *
     * @param part from 0 to 1
     * @throws CancelledException if it is to end
     */
    void progress(long rowsSoFar, double part) {
        checkCancelled();
        rows = rowsSoFar;
        progress = part;
    }

    /** @throws CancelledException if it is to end */
    void checkCancelled() {
        if (cancelled) {
            throw new CancelledException();
        }
    }

    /**
     * Says that it cannot be cancelled from now on.
     *
     * @throws CancelledException if it was before
     */
    synchronized void commit() {
        checkCancelled();
        committing = true;
    }

    synchronized void done(@Nullable Result made) {
        progress = 1;
        result = made;
        end(State.DONE);
    }

    /** It has failed; or, if it was cancelled before, ended for that. */
    synchronized void failed(Problem why) {
        if (cancelled) {
            end(State.CANCELLED);
        } else {
            problem = why;
            end(State.FAILED);
        }
    }

    private void end(State how) {
        state = how;
        ended = Instant.now();
    }

    // ---- for others ----

    /** Has it end soon; says whether that is still possible. */
    synchronized boolean cancel() {
        if (state != State.RUNNING || committing) {
            return false;
        }
        cancelled = true;
        return true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    String id() {
        return id;
    }

    synchronized State state() {
        return state;
    }

    /** When it ended; null if it has not. */
    synchronized @Nullable Instant ended() {
        return ended;
    }

    /** What it has left; null if there is nothing, or not yet. */
    synchronized @Nullable Result result() {
        return result;
    }

    synchronized JobView view() {
        return new JobView(
                id,
                JobView.lower(kind),
                table,
                JobView.lower(state),
                progress,
                rows,
                started,
                ended,
                problem == null ? null : problem.body(),
                result == null ? null : "jobs/" + id + "/result");
    }
}
