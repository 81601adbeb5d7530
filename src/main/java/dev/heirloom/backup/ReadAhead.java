package dev.heirloom.backup;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads segments in order, the next one while the last is being used: by another thread if there is one in time, or else
 * by the one that needs it, which so never waits for a thread. For one thread.
 *
 * @param <R> the type of the rows
 */
final class ReadAhead<R> implements AutoCloseable {
    private final Iterator<Segment> segments;
    private final RowFormat<R> format;
    private final Executor readers;

    /** Run by whoever comes first; null after the last. */
    private @Nullable FutureTask<Contents<R>> next;

    ReadAhead(List<Segment> segments, RowFormat<R> format, Executor readers) {
        this.segments = segments.iterator();
        this.format = format;
        this.readers = readers;
        next = task();
    }

    private @Nullable FutureTask<Contents<R>> task() {
        if (!segments.hasNext()) {
            return null;
        }
        Segment segment = segments.next();
        return new FutureTask<>(() -> Contents.read(segment, format));
    }

    /** What the next segment says; has the one after it be read meanwhile. */
    Contents<R> next() throws IOException {
        FutureTask<Contents<R>> wanted = next;
        if (wanted == null) {
            throw new IllegalStateException("there are no more");
        }
        wanted.run();
        Contents<R> contents = result(wanted);
        next = task();
        if (next != null) {
            try {
                readers.execute(next);
            } catch (RejectedExecutionException e) {
                return contents; // then it is read when it is needed
            }
        }
        return contents;
    }

    private static <T> T result(FutureTask<T> done) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return done.get();
                } catch (InterruptedException e) { // whoever loads a table is told otherwise that it is not needed
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            Throwable why = e.getCause();
            if (why instanceof IOException failure) {
                throw failure;
            }
            if (why instanceof RuntimeException failure) {
                throw failure;
            }
            if (why instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(why);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Has nobody begin to read what is not needed. Who has begun may go on for a while, and tells nobody. */
    @Override
    public void close() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }
}
