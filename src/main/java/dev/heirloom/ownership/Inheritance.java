package dev.heirloom.ownership;

import org.jspecify.annotations.Nullable;

/**
 * Who inherits a table, and what the notice of it carries. Immutable.
 *
 * @param data the heir data: given to whoever owns the table next after an owner ended
 */
public record Inheritance(Heir heir, @Nullable Object data) {}
