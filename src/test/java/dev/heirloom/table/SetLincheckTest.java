package dev.heirloom.table;

/** The interleavings of a set. */
public final class SetLincheckTest extends CommitInterleavings {
    public SetLincheckTest() {
        super(Schema.set("rows", Row.class, Row::key));
    }
}
