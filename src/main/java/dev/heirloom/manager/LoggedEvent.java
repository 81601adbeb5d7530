package dev.heirloom.manager;

import java.time.Instant;

/**
 * An event of a table, and when it happened. Immutable.
 *
 * @param number its number among the events of all tables since the application was started, from 1
 * @param at by the clock of the machine
 */
public record LoggedEvent(long number, Instant at, TableEvent event) {}
