package dev.heirloom.ownership;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The future answer to an {@link Ask}, for which the owner of the table itself cannot wait. */
final class Answer<T extends @Nullable Object> extends CompletableFuture<T> {
    private final SharedTable<?, ?> table;

    Answer(SharedTable<?, ?> table) {
        this.table = table;
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        checkWaiting();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        checkWaiting();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        checkWaiting();
        return super.join();
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new Answer<>(table);
    }

    private void checkWaiting() {
        if (!isDone()) {
            table.checkNotOwnThread();
            Completer.letGo(); // a callback may wait for an answer that comes after its own
        }
    }
}
