/**
 * Replays programs of ETS operations against our tables and compares what comes of them with what real ETS answered.
 * Start with {@link dev.heirloom.ets.EtsReplayTest}. Uses nothing of the tables but what users have.
 */
@NullMarked
package dev.heirloom.ets;

import org.jspecify.annotations.NullMarked;
