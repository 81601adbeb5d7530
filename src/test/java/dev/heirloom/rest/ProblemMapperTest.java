package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.ownership.DeadlineException;
import dev.heirloom.ownership.GiveAwayRefusedException;
import dev.heirloom.ownership.MailboxFullException;
import dev.heirloom.ownership.NoOwnerException;
import dev.heirloom.ownership.OwnerDiedException;
import dev.heirloom.ownership.RequestFailedException;
import dev.heirloom.ownership.SelfRequestException;
import dev.heirloom.table.Access;
import dev.heirloom.table.AccessDeniedException;
import dev.heirloom.table.ConflictException;
import dev.heirloom.table.HeirloomException;
import dev.heirloom.table.NoSuchRowException;
import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.OutcomeUnknownException;
import dev.heirloom.table.SnapshotExpiredException;
import dev.heirloom.table.TableClosedException;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemMapperTest {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class.getName());

    private final List<LogRecord> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.addHandler(handler);
        LOG.setUseParentHandlers(false);
    }

    @AfterEach
    void stop() {
        LOG.removeHandler(handler);
        LOG.setUseParentHandlers(true);
    }

    @Test
    void bodyThatDoesNotComeInTime_isTheClients_andNotLogged() {
        IOException slow = new IOException(new TimeoutException());
        assertThat(ProblemMapper.problemOf(slow).status()).isEqualTo(408);
        assertThat(ProblemMapper.problemOf(new ProcessingException(slow)).status())
                .isEqualTo(408);
        assertThat(logged).isEmpty();
    }

    static Stream<Arguments> known() {
        return Stream.of(
                Arguments.of(new OwnerDiedException("t", null), 503, true, "not applied"),
                Arguments.of(new NotOwnerException("t", 1, 2), 503, true, "not applied"),
                Arguments.of(new MailboxFullException("t", 10), 503, true, "not applied"),
                Arguments.of(new DeadlineException("t"), 503, true, "not applied"),
                Arguments.of(new ConflictException("t", 3), 503, true, "not applied"),
                Arguments.of(new NoOwnerException("t", "orphaned"), 503, false, "not applied"),
                Arguments.of(new TableClosedException("t"), 503, false, "not applied"),
                Arguments.of(new AccessDeniedException("t", Access.PRIVATE, "read"), 403, false, "not applied"),
                Arguments.of(new OutcomeUnknownException("t", "late"), 504, false, "in doubt"),
                Arguments.of(new SnapshotExpiredException("t"), 503, true, null),
                Arguments.of(new NoSuchRowException("t", "k"), 404, false, null),
                Arguments.of(new GiveAwayRefusedException("t", "B", "not live"), 409, false, null));
    }

    @ParameterizedTest
    @MethodSource("known")
    void heirloomException_hasItsProblem(HeirloomException e, int status, boolean again, String outcome) {
        Problem problem = ProblemMapper.problemOf(e);
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.retryAfterHeader()).isEqualTo(again ? "1" : null);
        assertThat(problem.detail()).isEqualTo(e.getMessage());
        assertThat(problem.members().get("outcome")).isEqualTo(outcome);
        assertThat(logged).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("known")
    void wrappedException_hasTheProblemOfItsCause(HeirloomException e, int status) {
        assertThat(ProblemMapper.problemOf(new RequestFailedException("t", e)).status())
                .isEqualTo(status);
        assertThat(ProblemMapper.problemOf(new CompletionException(new RequestFailedException("t", e)))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void problemException_isItsProblem() {
        Problem problem = Problem.ofStatus(418);
        assertThat(ProblemMapper.problemOf(new ProblemException(problem))).isEqualTo(problem);
        assertThat(ProblemMapper.problemOf(new RequestFailedException("t", new ProblemException(problem))))
                .isEqualTo(problem);
    }

    static Stream<Throwable> defects() {
        return Stream.of(
                new IllegalStateException("internal"),
                new RequestFailedException("t", new IllegalArgumentException("internal")),
                new SelfRequestException("internal"),
                new RuntimeException("internal", new OwnerDiedException("t", null)),
                new StackOverflowError("internal"));
    }

    @ParameterizedTest
    @MethodSource("defects")
    void defect_isLoggedOnceAndToldWithoutInternals(Throwable defect) {
        Problem problem = ProblemMapper.problemOf(defect);
        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.body().toString()).doesNotContain("internal");
        String id = String.valueOf(problem.members().get("instance"));
        assertThat(id).startsWith("urn:uuid:");
        assertThat(logged).singleElement().satisfies(entry -> {
            assertThat(entry.getLevel()).isEqualTo(Level.SEVERE);
            assertThat(entry.getMessage()).contains(id);
            assertThat(entry.getThrown()).isSameAs(defect);
        });
    }

    @Test
    void causesInALoop_end() {
        CompletionException one = new CompletionException(new IllegalStateException()) {
            @Override
            public Throwable getCause() {
                return this;
            }
        };
        assertThat(ProblemMapper.problemOf(one).status()).isEqualTo(500);
    }

    @Test
    void told_theAuthorsWordsButNotTheDefaultOfJaxRs() {
        assertThat(ProblemMapper.told("HTTP 404 Not Found", 404).detail()).isNull();
        assertThat(ProblemMapper.told(null, 404).detail()).isNull();
        assertThat(ProblemMapper.told("there is no table x", 404).detail()).isEqualTo("there is no table x");
    }
}
