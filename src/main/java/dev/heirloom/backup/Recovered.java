package dev.heirloom.backup;

import java.util.List;

/**
 * What was read of a journal.
 *
 * @param segments those there are, the oldest first
 * @param end the position after the last record
 * @param commit the latest commit; 1, that of an empty table, if there is none
 * @param nextNumber the number of the next file
 * @param cut how many bytes were cut off the end, because a crash had torn them
 */
record Recovered(List<Segment> segments, long end, long commit, int nextNumber, long cut) {}
