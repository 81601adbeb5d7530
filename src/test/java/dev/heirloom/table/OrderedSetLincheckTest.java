package dev.heirloom.table;

import java.util.Comparator;

/** The interleavings of an ordered set. */
public final class OrderedSetLincheckTest extends CommitInterleavings {
    public OrderedSetLincheckTest() {
        super(Schema.orderedSet("rows", Row.class, Row::key, Comparator.<Integer>naturalOrder()));
    }
}
