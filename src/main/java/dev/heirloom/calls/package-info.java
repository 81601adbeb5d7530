/**
 * The application that ships with Heirloom: ongoing phone calls, kept in a table by Twilio's webhooks.
 *
 * <p>Start at {@link dev.heirloom.calls.CallTables} for the table, at {@link dev.heirloom.calls.CallWebhooks} for how it
 * changes and at {@link dev.heirloom.calls.CallSettings} for what can be set. May import everything; nothing imports it.
 */
@NullMarked
package dev.heirloom.calls;

import org.jspecify.annotations.NullMarked;
