package dev.heirloom.rest;

import dev.heirloom.manager.TableManager;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of an application, bounded: so many at a time, and so many that have ended, for so long. With a job that is
 * forgotten goes its result. Thread-safe.
 */
@ApplicationScoped
public class Jobs {
    private static final System.Logger LOG = System.getLogger(Jobs.class.getName());
    private static final Duration SOON = Duration.ofSeconds(5);

    private final Predicate<Runnable> executor;
    private final int most;
    private final int mostEnded;
    private final Duration retention;

    /** In the order in which they began. Guarded by this, as is what follows. */
    private final Map<String, Job> jobs = new LinkedHashMap<>();

    private int taken;

    /** What a job does, on a thread of its own. */
    interface Work {
        /**
         * @return what somebody can fetch; null if there is nothing
         */
        Job.@Nullable Result run(Job job) throws Exception;
    }

    /** The right to keep the server busy with one more; to be closed, once or more often. */
    final class Slot implements AutoCloseable {
        private final AtomicBoolean free = new AtomicBoolean();

        @Override
        public void close() {
            if (!free.getAndSet(true)) {
                release();
            }
        }
    }

    /** For the container's proxy. */
    Jobs() {
        this(task -> false, 0, 0, Duration.ZERO);
    }

    @Inject
    Jobs(
            TableManager manager,
            @ConfigProperty(name = "heirloom.jobs.max-running", defaultValue = "4") int most,
            @ConfigProperty(name = "heirloom.jobs.max-ended", defaultValue = "20") int mostEnded,
            @ConfigProperty(name = "heirloom.jobs.retention", defaultValue = "PT1H") Duration retention) {
        this(manager::execute, most, mostEnded, retention);
    }

    /**
     * @param executor runs a task, or says that it cannot
     * @param most how many may run
     * @param mostEnded how many that have ended are kept
     * @param retention how long those are kept
     */
    Jobs(Predicate<Runnable> executor, int most, int mostEnded, Duration retention) {
        this.executor = executor;
        this.most = most;
        this.mostEnded = mostEnded;
        this.retention = retention;
    }

    /**
     * The right to begin something.
     *
     * @throws ProblemException 503 if enough is going on
     */
    synchronized Slot slot() {
        if (taken >= most) {
            throw new ProblemException(Problem.of(503, "too-many-jobs", "Too many exports and imports are going on")
                    .withDetail("at most " + most + " run at a time (heirloom.jobs.max-running)")
                    .withRetryAfter(SOON));
        }
        taken++;
        return new Slot();
    }

    private synchronized void release() {
        taken--;
    }

    /**
     * Begins a job.
     *
     * @param slot is free again when the job has ended, or cannot be begun
     * @throws ProblemException 503 if there is no thread for it
     */
    Job start(Job.Kind kind, String table, Slot slot, Work work) {
        Job job = new Job(kind, table);
        synchronized (this) {
            jobs.put(job.id(), job);
        }
        if (!executor.test(() -> run(job, slot, work))) {
            synchronized (this) {
                jobs.remove(job.id());
            }
            slot.close();
            throw new ProblemException(Problem.of(503, "no-thread", "The server has no thread for it")
                    .withRetryAfter(SOON));
        }
        return job;
    }

    private void run(Job job, Slot slot, Work work) {
        try (slot) {
            job.done(work.run(job));
        } catch (Exception | OutOfMemoryError e) {
            job.failed(job.isCancelled() ? Problem.ofStatus(409) : FileProblems.of(e));
        } catch (Throwable e) { // a defect, which must not leave a job that runs for ever
            job.failed(FileProblems.of(e));
            throw e;
        } finally {
            prune();
            if (!isKnown(job)) { // the application was stopped meanwhile
                delete(job);
            }
        }
    }

    private synchronized boolean isKnown(Job job) {
        return jobs.containsKey(job.id());
    }

    /** All of them, the latest first. */
    List<Job> all() {
        prune();
        synchronized (this) {
            List<Job> all = new ArrayList<>(jobs.values());
            Collections.reverse(all);
            return all;
        }
    }

    Optional<Job> find(String id) {
        prune();
        synchronized (this) {
            return Optional.ofNullable(jobs.get(id));
        }
    }

    /** Forgets a job that has ended. */
    void forget(Job job) {
        synchronized (this) {
            jobs.remove(job.id());
        }
        delete(job);
    }

    /** Forgets those that ended long ago, or of which there are too many. */
    private void prune() {
        List<Job> old = new ArrayList<>();
        synchronized (this) {
            Instant since = Instant.now().minus(retention);
            List<Job> ended =
                    jobs.values().stream().filter(job -> job.ended() != null).toList();
            for (int i = 0; i < ended.size(); i++) {
                Instant when = ended.get(i).ended();
                if (i < ended.size() - mostEnded || (when != null && when.isBefore(since))) {
                    old.add(ended.get(i));
                }
            }
            old.forEach(job -> jobs.remove(job.id()));
        }
        old.forEach(Jobs::delete);
    }

    private static void delete(Job job) {
        Job.Result result = job.result();
        if (result != null) {
            try {
                Files.deleteIfExists(result.file());
            } catch (IOException e) {
                LOG.log(Level.WARNING, "The result of job {0} was not deleted: {1}", job.id(), e.toString());
            }
        }
    }

    /** Cancels what runs, and leaves no files. */
    @PreDestroy
    void stop() {
        List<Job> left;
        synchronized (this) {
            left = List.copyOf(jobs.values());
            jobs.clear();
        }
        left.forEach(Job::cancel);
        left.forEach(Jobs::delete);
    }
}
