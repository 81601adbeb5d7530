package dev.heirloom.rest;

import dev.heirloom.manager.TableManager;
import dev.heirloom.ownership.NoOwnerException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Answers who has told an owner to do something: once it is done, or that it will be. Thread-safe. */
@ApplicationScoped
class OwnerOrders {
    /** An owner that serves requests is between two of them sooner than this. */
    private static final long PATIENCE_MILLIS = 2_000;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    /** 200 if it was done, 202 if the owner is busy with something else; a problem if it was refused. */
    Response answer(String table, CompletionStage<@Nullable Void> told) {
        boolean done = true;
        try {
            told.toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            done = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            done = false;
        } catch (ExecutionException e) {
            throw new ProblemException(problem(e));
        }
        return Response.status(done ? Response.Status.OK : Response.Status.ACCEPTED)
                .entity(TableView.of(manager.status(table)))
                .build();
    }

    private static Problem problem(ExecutionException e) {
        if (e.getCause() instanceof NoOwnerException none) {
            return Problem.of(409, "no-owner", "The table has no owner that could do this")
                    .withDetail(String.valueOf(none.getMessage()));
        }
        return ProblemMapper.problemOf(e);
    }
}
