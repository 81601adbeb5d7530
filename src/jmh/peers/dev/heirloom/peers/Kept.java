package dev.heirloom.peers;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Durability;
import java.util.Locale;

/** The rows that are kept: of five fields. Immutable. */
record Kept(String id, String text, long count, double share, Row.Status status) {
    private static final String LONG_TEXT = "x".repeat(200);

    /** With a text as a name has it. */
    static Kept of(int number, long count) {
        return new Kept(id(number), "name", count, 3.5, Row.Status.ACTIVE);
    }

    /** With a text of 200 bytes. */
    static Kept large(int number, long count) {
        return new Kept(id(number), LONG_TEXT, count, 3.5, Row.Status.ACTIVE);
    }

    static String id(int number) {
        return "row:" + number;
    }

    static TableSpec<String, Kept> spec(Durability durability) {
        return TableSpec.set("kept-" + durability.name().toLowerCase(Locale.ROOT), Kept.class, Kept::id)
                .durability(durability)
                .consumer(DrivenConsumer.class);
    }
}
