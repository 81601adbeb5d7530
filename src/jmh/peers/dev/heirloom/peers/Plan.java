package dev.heirloom.peers;

import static dev.heirloom.peers.Keys.LONG;
import static dev.heirloom.peers.Keys.SID;
import static dev.heirloom.peers.PeerKind.CAFFEINE;
import static dev.heirloom.peers.PeerKind.COPY_ON_WRITE;
import static dev.heirloom.peers.PeerKind.ETS_BAG;
import static dev.heirloom.peers.PeerKind.ETS_DUPLICATE_BAG;
import static dev.heirloom.peers.PeerKind.ETS_ORDERED;
import static dev.heirloom.peers.PeerKind.ETS_SET;
import static dev.heirloom.peers.PeerKind.HASH_MAP;
import static dev.heirloom.peers.PeerKind.HAZELCAST_BINARY;
import static dev.heirloom.peers.PeerKind.HAZELCAST_OBJECT;
import static dev.heirloom.peers.PeerKind.HEIRLOOM_BAG;
import static dev.heirloom.peers.PeerKind.HEIRLOOM_DUPLICATE_BAG;
import static dev.heirloom.peers.PeerKind.HEIRLOOM_ORDERED;
import static dev.heirloom.peers.PeerKind.HEIRLOOM_ORDERED_PINNED;
import static dev.heirloom.peers.PeerKind.HEIRLOOM_SET;
import static dev.heirloom.peers.PeerKind.HEIRLOOM_SET_PINNED;
import static dev.heirloom.peers.PeerKind.INFINISPAN;
import static dev.heirloom.peers.PeerKind.MVSTORE;
import static dev.heirloom.peers.PeerKind.REDIS;
import static dev.heirloom.peers.PeerKind.REDIS_PIPELINED;
import static dev.heirloom.peers.PeerKind.SKIP_LIST;
import static dev.heirloom.peers.PeerKind.TREE_MAP;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is measured, in which cases, and for how long.
 *
 * @param memory the stores and cases whose memory is measured
 */
record Plan(Effort effort, List<Comparison> comparisons, List<MemoryCase> memory) {
    private static final int SMALL = 100_000;
    private static final int LARGE = 1_000_000;
    private static final int HUGE = 10_000_000;
    private static final int ROWS_PER_KEY = 10;

    private static final List<PeerKind> SETS = List.of(HEIRLOOM_SET, HASH_MAP, CAFFEINE, ETS_SET);
    private static final List<PeerKind> ORDERED = List.of(HEIRLOOM_ORDERED, SKIP_LIST, TREE_MAP, MVSTORE, ETS_ORDERED);
    private static final List<PeerKind> BAGS =
            List.of(HEIRLOOM_BAG, HEIRLOOM_DUPLICATE_BAG, COPY_ON_WRITE, ETS_BAG, ETS_DUPLICATE_BAG);
    private static final List<PeerKind> BEHIND_A_COPY =
            List.of(HEIRLOOM_SET, INFINISPAN, HAZELCAST_BINARY, HAZELCAST_OBJECT, REDIS_PIPELINED, REDIS);
    private static final List<PeerKind> PINNED =
            List.of(HEIRLOOM_SET, HEIRLOOM_SET_PINNED, HEIRLOOM_ORDERED, HEIRLOOM_ORDERED_PINNED);

    /** The memory of one kind of store in some cases. */
    record MemoryCase(PeerKind peer, Case of) {}

    /** Every operation, each in the cases that say most about it. */
    static Plan quick() {
        Effort effort = new Effort(1, 2, 3, Duration.ofMillis(500), 3);
        return new Plan(
                effort,
                comparisons(List.of(SMALL, LARGE), List.of(SID), List.of(LARGE), List.of(SMALL)),
                memory(List.of(SMALL, LARGE)));
    }

    /** Every operation in all cases. */
    static Plan full() {
        Effort effort = new Effort(3, 3, 5, Duration.ofSeconds(1), 5);
        List<Integer> sizes = List.of(SMALL, LARGE);
        return new Plan(
                effort, comparisons(sizes, List.of(LONG, SID), sizes, sizes), memory(List.of(SMALL, LARGE, HUGE)));
    }

    /** What this plan has of some operations. */
    Plan only(Set<String> operations) {
        List<Comparison> chosen = comparisons.stream()
                .filter(each -> operations.contains(each.operation().id()))
                .toList();
        return new Plan(effort, chosen, operations.contains("memory") ? memory : List.of());
    }

    /**
     * @param sizes of what there are targets for
     * @param otherKeys the keys of the rest
     * @param otherSizes the sizes of the rest
     * @param copiedSizes the sizes of the stores that hold encoded copies of rows
     */
    private static List<Comparison> comparisons(
            List<Integer> sizes, List<Keys> otherKeys, List<Integer> otherSizes, List<Integer> copiedSizes) {
        List<Case> aims = Case.of(List.of(LONG, SID), sizes, 1);
        List<Case> others = Case.of(otherKeys, otherSizes, 1);
        List<Case> twoThreads = Case.of(otherKeys, otherSizes, 2);
        List<Case> copied = Case.of(otherKeys, copiedSizes, 1);
        List<PeerKind> concurrent = List.of(HEIRLOOM_ORDERED, SKIP_LIST, MVSTORE, ETS_ORDERED);
        List<PeerKind> written = List.of(HEIRLOOM_SET, HASH_MAP, HEIRLOOM_ORDERED, SKIP_LIST);
        List<Comparison> all = new ArrayList<>(List.of(
                new Comparison(Operation.READ, HASH_MAP, SETS, aims),
                new Comparison(Operation.OVERWRITE, HASH_MAP, SETS, aims),
                new Comparison(Operation.READ, HASH_MAP, SETS, twoThreads),
                new Comparison(Operation.MIXED, HASH_MAP, SETS, others),
                new Comparison(Operation.MIXED, HASH_MAP, SETS, twoThreads),
                new Comparison(Operation.FILL, HASH_MAP, SETS, others),
                new Comparison(Operation.SCAN, HASH_MAP, SETS, others),
                new Comparison(Operation.READ, SKIP_LIST, ORDERED, aims),
                new Comparison(Operation.OVERWRITE, SKIP_LIST, ORDERED, aims),
                new Comparison(Operation.RANGE, SKIP_LIST, ORDERED, aims),
                new Comparison(Operation.READ, SKIP_LIST, concurrent, twoThreads),
                new Comparison(Operation.MIXED, SKIP_LIST, ORDERED, others),
                new Comparison(Operation.MIXED, SKIP_LIST, concurrent, twoThreads),
                new Comparison(Operation.FILL, SKIP_LIST, ORDERED, others),
                new Comparison(Operation.SCAN, SKIP_LIST, ORDERED, others),
                new Comparison(Operation.SCAN_BESIDE_WRITER, HASH_MAP, written, others),
                new Comparison(
                        Operation.SNAPSHOT,
                        HEIRLOOM_SET,
                        List.of(HEIRLOOM_SET, HEIRLOOM_ORDERED),
                        Case.of(List.of(LONG), sizes, 1)),
                new Comparison(Operation.OVERWRITE, HEIRLOOM_SET, PINNED, Case.of(List.of(LONG), sizes, 1)),
                new Comparison(Operation.READ, HEIRLOOM_SET, BEHIND_A_COPY, copied),
                new Comparison(Operation.OVERWRITE, HEIRLOOM_SET, BEHIND_A_COPY, copied)));
        all.add(new Comparison(Operation.BAG_READ, COPY_ON_WRITE, BAGS, bagsOfManySizes(otherKeys)));
        all.add(new Comparison(Operation.BAG_REPLACE, COPY_ON_WRITE, BAGS, bagsOfManyRowsPerKey(otherKeys)));
        return all;
    }

    private static List<Case> bagsOfManySizes(List<Keys> keys) {
        List<Case> cases = new ArrayList<>();
        for (Keys each : keys) {
            for (int rows = 1_000; rows <= LARGE; rows *= 10) {
                cases.add(new Case(each, rows, ROWS_PER_KEY, 1));
            }
        }
        return cases;
    }

    private static List<Case> bagsOfManyRowsPerKey(List<Keys> keys) {
        List<Case> cases = new ArrayList<>();
        for (Keys each : keys) {
            for (int rowsPerKey : List.of(10, 100, 1_000)) {
                cases.add(new Case(each, SMALL, rowsPerKey, 1));
            }
        }
        return cases;
    }

    private static List<MemoryCase> memory(List<Integer> sizes) {
        List<MemoryCase> cases = new ArrayList<>();
        for (Case of : Case.of(List.of(LONG, SID), sizes, 1)) {
            for (PeerKind peer : List.of(HEIRLOOM_SET, HASH_MAP, HEIRLOOM_ORDERED, SKIP_LIST)) {
                cases.add(new MemoryCase(peer, of));
            }
            Case bag = new Case(of.keys(), of.rows(), ROWS_PER_KEY, 1);
            cases.add(new MemoryCase(HEIRLOOM_BAG, bag));
            cases.add(new MemoryCase(COPY_ON_WRITE, bag));
        }
        return cases;
    }
}
