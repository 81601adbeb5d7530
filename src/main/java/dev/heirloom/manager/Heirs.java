package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.Inheritance;
import dev.heirloom.ownership.SharedTable;
import dev.heirloom.ownership.Transfer;
import dev.heirloom.supervision.Heirship;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who inherits one table, now and after the next hand-over. Not thread-safe, but for {@link #present}. */
final class Heirs {
    private final TableSpec<?, ?> spec;
    private final SharedTable<?, ?> table;
    private final Function<String, @Nullable String> whyNotLive;

    /** What is in force since a heir became the owner; null if none has. */
    private @Nullable Inheritance spent;

    Heirs(TableSpec<?, ?> spec, SharedTable<?, ?> table, Function<String, @Nullable String> whyNotLive) {
        this.spec = spec;
        this.table = table;
        this.whyNotLive = whyNotLive;
    }

    /** Who would inherit from an owner if it ended now: never a consumer that is not live, nor the owner itself. */
    Heir present(@Nullable String owner) {
        Heir heir = table.inheritance().heir();
        return heir instanceof Heir.Consumer named
                        && (named.name().equals(owner) || whyNotLive.apply(named.name()) != null)
                ? Heir.MANAGER
                : heir;
    }

    /** Who inherits from an owner that was fenced. */
    Heirship heirship() {
        Heir heir = table.inheritance().heir();
        return new Heirship(heir, heir instanceof Heir.Consumer named ? whyNotLive.apply(named.name()) : null);
    }

    /**
     * Who is to inherit from the next owner; null if that stays as it is. A heir that owns the table has the manager for
     * its heir, and the home consumer starts with that of the spec: but if it is given the table, and no heir had it
     * before, then that stays, as with anybody who is given a table.
     */
    @SuppressWarnings("ReferenceEquality") // what somebody decided since may be equal
    @Nullable
    Inheritance after(String next, Transfer.Reason reason) {
        Inheritance now = table.inheritance();
        boolean given = reason == Transfer.Reason.GIVEN_AWAY;
        if (next.equals(spec.consumerName())) {
            return given && now != spent ? null : new Inheritance(spec.heir(), spec.heirData());
        }
        if (given) {
            return null;
        }
        spent = new Inheritance(Heir.MANAGER, now.data());
        return spent;
    }
}
