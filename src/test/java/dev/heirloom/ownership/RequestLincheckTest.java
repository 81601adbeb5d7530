package dev.heirloom.ownership;

import dev.heirloom.table.NotOwnerException;
import dev.heirloom.table.Schema;
import dev.heirloom.table.VersionedTable;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;

/** One request, run by its owner, given up by its caller, and decided by whoever has fenced the owner. */
public class RequestLincheckTest {
    private static final long EPOCH = 1;

    private final VersionedTable<Integer, Integer> table =
            new VersionedTable<>(Schema.set("rows", Integer.class, row -> 0), EPOCH);
    private final Request<Integer, Integer, Integer> request = new Request<>(unit -> unit.insert(1), Long.MAX_VALUE) {
        @Override
        void settled() {
            settled++;
        }
    };
    private int settled;

    /** As an owner does. */
    @Operation(nonParallelGroup = "owner")
    public void serve() {
        if (request.claim()) {
            try {
                table.atomically(EPOCH, request.work, request, null);
            } catch (NotOwnerException e) {
                // and so not applied
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            request.decide(() -> new OwnerDiedException("rows", null));
        }
    }

    /** As a caller does at its deadline. */
    @Operation
    public void giveUp() {
        request.withdraw(() -> new DeadlineException("rows"));
    }

    /** As the manager does. */
    @Operation(runOnce = true, blocking = true)
    public void reclaim() {
        while (!table.tryFence(EPOCH + 1)) {
            Thread.onSpinWait();
        }
        request.decide(() -> new OwnerDiedException("rows", null));
    }

    /** What the caller would be told, and whether that is what became of the table. */
    @Operation(nonParallelGroup = "owner")
    public String outcome() {
        if (!request.isSettled()) {
            return "open";
        }
        boolean told = request.failure() == null;
        return (told ? "applied" : "not applied") + (told == table.contains(0) ? "" : ", a lie");
    }

    @Validate
    public void settledOnce() {
        if (settled != (request.isSettled() ? 1 : 0)) {
            throw new IllegalStateException("settled " + settled + " times");
        }
    }

    /** The same, of one thread. */
    public static class Model {
        private String outcome = "open";
        private boolean fenced;

        public void serve() {
            if (outcome.equals("open")) {
                outcome = fenced ? "not applied" : "applied";
            }
        }

        public void giveUp() {
            if (outcome.equals("open")) {
                outcome = "not applied";
            }
        }

        public void reclaim() {
            fenced = true;
        }

        public String outcome() {
            return outcome;
        }
    }

    @Test
    void everyInterleaving_isLinearizable() {
        new ModelCheckingOptions()
                .sequentialSpecification(Model.class)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(1)
                .iterations(6)
                .invocationsPerIteration(100)
                .check(RequestLincheckTest.class);
    }
}
