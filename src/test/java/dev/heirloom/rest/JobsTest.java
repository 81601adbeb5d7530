package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That jobs are bounded in every way, and what can be done with one at which time. */
class JobsTest {
    @TempDir
    Path directory;

    private final Deque<Runnable> begun = new ArrayDeque<>();
    private final Jobs jobs = new Jobs(begun::add, 2, 3, Duration.ofHours(1));

    private Job start(Jobs.Work work) {
        return jobs.start(Job.Kind.EXPORT, "table", jobs.slot(), work);
    }

    private static void assertBusy(Jobs jobs) {
        assertThatThrownBy(jobs::slot).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().status()).isEqualTo(503);
            assertThat(e.problem().type()).endsWith(":too-many-jobs");
            assertThat(e.problem().retryAfter()).isNotNull();
        });
    }

    @Test
    void moreThanMayRun_areRefused_untilOneHasEnded() {
        start(job -> null);
        start(job -> {
            throw new IOException("expected by the test");
        });
        assertBusy(jobs);
        begun.remove().run();
        Jobs.Slot slot = jobs.slot();
        assertBusy(jobs);
        slot.close();
        slot.close();
        begun.remove().run();
        try (Jobs.Slot one = jobs.slot();
                Jobs.Slot two = jobs.slot()) {
            assertThat(one).isNotSameAs(two);
            assertBusy(jobs);
        }
    }

    @Test
    void noThread_isToldAtOnce_andLeavesNoJob() {
        Jobs full = new Jobs(task -> false, 1, 1, Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> full.start(Job.Kind.IMPORT, "table", full.slot(), job -> null))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().status()).isEqualTo(503));
        }
        assertThat(full.all()).isEmpty();
    }

    private Path file(String name) throws IOException {
        return Files.createFile(directory.resolve(name));
    }

    @Test
    void endedOnes_areForgottenByNumber_withTheirFiles() throws IOException {
        for (int i = 0; i < 5; i++) {
            Path file = file("result" + i);
            start(job -> new Job.Result(file, "result", false));
            begun.remove().run();
        }
        assertThat(jobs.all()).hasSize(3);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("result2", "result3", "result4");
        }
        assertThat(jobs.all().get(0).result().file()).hasFileName("result4");
    }

    @Test
    void endedOnes_areForgottenByAge_runningOnesAreNot() throws IOException {
        Jobs brief = new Jobs(begun::add, 5, 5, Duration.ofNanos(-1)); // as if it were later
        Path file = file("result");
        brief.start(Job.Kind.EXPORT, "table", brief.slot(), job -> new Job.Result(file, "result", false));
        Job running = brief.start(Job.Kind.EXPORT, "table", brief.slot(), job -> null);
        begun.remove().run();
        assertThat(brief.all()).containsExactly(running);
        assertThat(file).doesNotExist();
    }

    @Test
    void applicationEnds_nothingIsLeft() throws IOException {
        Path early = file("early");
        Path late = file("late");
        start(job -> new Job.Result(early, "result", false));
        begun.remove().run();
        Job running = start(job -> new Job.Result(late, "result", false));
        jobs.stop();
        assertThat(running.isCancelled()).isTrue();
        begun.remove().run();
        assertThat(early).doesNotExist();
        assertThat(late).doesNotExist();
        assertThat(jobs.all()).isEmpty();
    }

    @Test
    void defect_endsTheJob() {
        Job job = start(running -> {
            throw new IllegalStateException("expected by the test");
        });
        begun.remove().run();
        assertThat(job.view().state()).isEqualTo("failed");
        assertThat(job.view().problem()).containsEntry("status", 500);
        assertThat(job.view().problem().toString()).doesNotContain("expected by the test");
    }

    @Test
    void cancel_isPossibleUntilItCommits() {
        Job before = new Job(Job.Kind.IMPORT, "table");
        assertThat(before.cancel()).isTrue();
        assertThat(before.cancel()).isTrue();
        assertThatThrownBy(before::commit).isInstanceOf(Job.CancelledException.class);
        assertThatThrownBy(() -> before.progress(1, 1)).isInstanceOf(Job.CancelledException.class);

        Job after = new Job(Job.Kind.IMPORT, "table");
        after.commit();
        assertThat(after.cancel()).isFalse();
        after.commit(); // a unit of work on a public table may run again
        after.progress(3, 0.5);
        assertThat(after.view().state()).isEqualTo("running");
        assertThat(after.view().rows()).isEqualTo(3);
        assertThat(after.view().progress()).isEqualTo(0.5);
        after.failed(Problem.ofStatus(503));
        assertThat(after.view().state()).isEqualTo("failed");
    }

    @Test
    void spool_deletesWhatIsOld_andOnlyThat() throws IOException {
        Spool spool = new Spool(directory.toString());
        Path recent = spool.create();
        Path old = spool.create();
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Path made = spool.create();
        assertThat(old).doesNotExist();
        assertThat(recent).exists();
        assertThat(made).exists().hasParent(directory.resolve("@exports"));
    }
}
