package dev.heirloom.peers;

/**
 * What a store has done under load.
 *
 * @param rate a second
 * @param median milliseconds until the answer, of half of all
 * @param p99 of 99 of a hundred
 */
record Load(double rate, double median, double p99) {}
