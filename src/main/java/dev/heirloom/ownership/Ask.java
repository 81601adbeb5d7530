package dev.heirloom.ownership;

import dev.heirloom.table.HeirloomException;
import dev.heirloom.table.OutcomeUnknownException;
import dev.heirloom.table.Work;
import org.jspecify.annotations.Nullable;

/** A request whose caller does not wait: its answer is completed on an executor, never on the owner's thread. */
final class Ask<K, R, T extends @Nullable Object> extends Request<K, R, T> {
    final Answer<T> answer;
    private final Completer completer;

    Ask(Work<K, R, T> work, long timeoutNanos, Answer<T> answer, Completer completer) {
        super(work, timeoutNanos);
        this.answer = answer;
        this.completer = completer;
    }

    @Override
    void settled() {
        completer.complete(this);
    }

    void complete() {
        HeirloomException failure = failure();
        if (failure == null) {
            failure = unsafe();
        }
        if (failure == null) {
            answer.complete(result());
        } else {
            answer.completeExceptionally(failure);
        }
    }

    /** Why nobody knows whether what was applied will be kept; null once it is safe. */
    private @Nullable HeirloomException unsafe() {
        try {
            awaitSafe();
            return null;
        } catch (OutcomeUnknownException e) {
            doubt();
            return e;
        }
    }
}
