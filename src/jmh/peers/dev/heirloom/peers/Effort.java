package dev.heirloom.peers;

import java.time.Duration;

/**
 * How long is measured.
 *
 * @param rounds how often all of it is done; every round starts new processes
 * @param warmUps iterations that do not count
 * @param iterations iterations that do; in Erlang, passes over all keys
 * @param iteration how long an iteration lasts
 * @param shots how often an empty store is filled, half as often to warm up
 */
record Effort(int rounds, int warmUps, int iterations, Duration iteration, int shots) {}
