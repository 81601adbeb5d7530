package dev.heirloom.supervision;

import dev.heirloom.ownership.Heir;
import org.jspecify.annotations.Nullable;

/**
 * Who inherits, as found when an owner has ended. Immutable.
 *
 * @param whyNotLive why a named heir cannot be given the table; null if it can
 */
public record Heirship(Heir heir, @Nullable String whyNotLive) {
    /** The manager inherits, as by default. */
    public static final Heirship OF_THE_MANAGER = new Heirship(Heir.MANAGER, null);

    /** The consumer that inherits from another one; null if none does. */
    @Nullable
    String standbyFor(String owner) {
        return isNamedBy(owner) && whyNotLive == null ? heir.label() : null;
    }

    /** What to say of a named heir that should inherit and cannot; empty if there is none. */
    public String obstacle(String owner) {
        return isNamedBy(owner) && whyNotLive != null
                ? "; its heir " + heir.label() + " does not inherit: " + whyNotLive
                : "";
    }

    /** Nobody is the heir of itself. */
    private boolean isNamedBy(String owner) {
        return heir instanceof Heir.Consumer named && !named.name().equals(owner);
    }
}
