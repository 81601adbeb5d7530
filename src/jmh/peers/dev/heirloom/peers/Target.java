package dev.heirloom.peers;

import static dev.heirloom.peers.Operation.OVERWRITE;
import static dev.heirloom.peers.Operation.RANGE;
import static dev.heirloom.peers.Operation.READ;
import static dev.heirloom.peers.PeerKind.CAFFEINE;
import static dev.heirloom.peers.PeerKind.ETS_ORDERED;
import static dev.heirloom.peers.PeerKind.ETS_SET;
import static dev.heirloom.peers.PeerKind.HASH_MAP;
import static dev.heirloom.peers.PeerKind.HEIRLOOM_ORDERED;
import static dev.heirloom.peers.PeerKind.HEIRLOOM_ORDERED_PINNED;
import static dev.heirloom.peers.PeerKind.HEIRLOOM_SET;
import static dev.heirloom.peers.PeerKind.HEIRLOOM_SET_PINNED;
import static dev.heirloom.peers.PeerKind.SKIP_LIST;
import static dev.heirloom.peers.PeerKind.TREE_MAP;

import java.util.List;

/**
 * What the engine aims at: an operation takes at most so many times what it takes in another store.
 *
 * @param text the aim in words
 */
record Target(String text, Operation operation, PeerKind ours, PeerKind other, double atMost) {
    /** What counts as level: what is closer than that is noise. */
    private static final double LEVEL = 1.1;

    static final List<Target> TIMES = List.of(
            new Target("at most 1.5 times ConcurrentHashMap", READ, HEIRLOOM_SET, HASH_MAP, 1.5),
            new Target("level with Caffeine", READ, HEIRLOOM_SET, CAFFEINE, LEVEL),
            new Target("at least 4 times as fast as ETS", READ, HEIRLOOM_SET, ETS_SET, 1 / 4.0),
            new Target("at most 2 times ConcurrentHashMap", OVERWRITE, HEIRLOOM_SET, HASH_MAP, 2),
            new Target("ahead of ETS", OVERWRITE, HEIRLOOM_SET, ETS_SET, 1),
            new Target("ahead of ETS", READ, HEIRLOOM_ORDERED, ETS_ORDERED, 1),
            new Target("at least 3 times as fast as ConcurrentSkipListMap", READ, HEIRLOOM_ORDERED, SKIP_LIST, 1 / 3.0),
            new Target("ahead of TreeMap", READ, HEIRLOOM_ORDERED, TREE_MAP, 1),
            new Target("ahead of ETS", RANGE, HEIRLOOM_ORDERED, ETS_ORDERED, 1),
            new Target(
                    "at least 3 times as fast as ConcurrentSkipListMap", RANGE, HEIRLOOM_ORDERED, SKIP_LIST, 1 / 3.0),
            new Target("ahead of TreeMap", RANGE, HEIRLOOM_ORDERED, TREE_MAP, 1),
            new Target("ahead of ETS", OVERWRITE, HEIRLOOM_ORDERED, ETS_ORDERED, 1),
            new Target("ahead of ConcurrentSkipListMap", OVERWRITE, HEIRLOOM_ORDERED, SKIP_LIST, 1),
            new Target("ahead of TreeMap", OVERWRITE, HEIRLOOM_ORDERED, TREE_MAP, 1),
            new Target("at most 20 % slower than without", OVERWRITE, HEIRLOOM_SET_PINNED, HEIRLOOM_SET, 1.2),
            new Target("at most 20 % slower than without", OVERWRITE, HEIRLOOM_ORDERED_PINNED, HEIRLOOM_ORDERED, 1.2));

    /** Nanoseconds that a snapshot takes at most, whatever the size of the table. */
    static final double SNAPSHOT_NANOS = 1_000;

    /** Bytes a row that a store of ours takes at most over another. */
    record OfMemory(PeerKind ours, PeerKind other, double atMost) {
        static final List<OfMemory> ALL =
                List.of(new OfMemory(HEIRLOOM_SET, HASH_MAP, 40), new OfMemory(HEIRLOOM_ORDERED, SKIP_LIST, 24));
    }
}
