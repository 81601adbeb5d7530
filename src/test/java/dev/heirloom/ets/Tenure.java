package dev.heirloom.ets;

import dev.heirloom.ets.Term.Tuple;
import dev.heirloom.ownership.InjectedCrashException;
import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.ownership.Transfer;
import dev.heirloom.table.Failpoint;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A process as the owner of one table: does on the owner's thread what the program says. */
final class Tenure implements TableConsumer<Term, Tuple> {
    /** How an owner ends. */
    enum End {
        RETURN,
        ERROR,
        INJECTED_CRASH
    }

    /** What the owner does next; returns whether it goes on. */
    private interface Order {
        boolean carryOut(OwnedTable<Term, Tuple> table);
    }

    private static final class Killed extends Error {}

    final Life process;
    private final Function<String, Subject> subjects;
    private final BlockingQueue<Order> orders = new LinkedBlockingQueue<>();

    /** @param subjects finds what the replay knows of a table */
    Tenure(Life process, Function<String, Subject> subjects) {
        this.process = process;
        this.subjects = subjects;
    }

    @Override
    public void accept(OwnedTable<Term, Tuple> table, Transfer transfer) {
        subjects.apply(transfer.table()).taken(this, table, transfer);
    }

    @Override
    public void consume(OwnedTable<Term, Tuple> table, Requests requests) throws InterruptedException {
        while (table.isOwned() && orders.take().carryOut(table)) {
            // the order was all there was to do
        }
    }

    // ---- for the thread of the program ----

    /** Does something on the owner's thread; throws what it throws. */
    <T> T ask(Function<OwnedTable<Term, Tuple>, T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        orders.add(table -> {
            try {
                answer.complete(work.apply(table));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
            return true;
        });
        try {
            return answer.orTimeout(Subject.PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    void end(End how) {
        orders.add(table -> switch (how) {
            case RETURN -> false;
            case ERROR -> throw new Killed();
            case INJECTED_CRASH -> throw new InjectedCrashException(Failpoint.BEFORE_FUNCTION);
        });
    }
}
