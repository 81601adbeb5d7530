package dev.heirloom.ets;

import dev.heirloom.manager.NoSuchTableException;
import dev.heirloom.ownership.GiveAwayRefusedException;
import dev.heirloom.table.AccessDeniedException;
import dev.heirloom.table.InvalidRowException;
import dev.heirloom.table.KeyChangedException;
import dev.heirloom.table.NoSuchRowException;
import dev.heirloom.table.TableClosedException;
import dev.heirloom.table.WrongTypeException;
import java.util.Set;

/** The exceptions that are all {@code badarg} to ETS. Whatever else is thrown is a defect. */
final class Refusals {
    private static final Set<Class<? extends RuntimeException>> BADARG = Set.of(
            AccessDeniedException.class,
            BadArgument.class,
            GiveAwayRefusedException.class,
            InvalidRowException.class,
            KeyChangedException.class,
            NoSuchRowException.class,
            NoSuchTableException.class,
            TableClosedException.class,
            WrongTypeException.class);

    private Refusals() {}

    /** The answer of ETS; throws the exception if it has none. */
    static String print(RuntimeException refusal) {
        if (BADARG.contains(refusal.getClass())) {
            return "!badarg";
        }
        throw refusal;
    }
}
