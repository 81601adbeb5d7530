package dev.heirloom.peers;

import java.util.List;

/**
 * A table of the report: one operation on several stores, which take turns in each case.
 *
 * @param reference the one whose time the others are divided by
 */
record Comparison(Operation operation, PeerKind reference, List<PeerKind> peers, List<Case> cases) {
    Comparison {
        if (!peers.contains(reference)) {
            throw new IllegalArgumentException("reference: " + reference + " is not among " + peers);
        }
    }
}
