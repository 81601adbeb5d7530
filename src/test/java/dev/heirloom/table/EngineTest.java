package dev.heirloom.table;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The base of the tests of the engine: makes tables, and checks the invariants of each when a test is over. */
abstract class EngineTest {
    static final long EPOCH = 7;

    /** The time of day at which each test begins. */
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final List<VersionedTable<?, ?>> made = new ArrayList<>();

    /** The clock of the tables. */
    final AtomicLong nanos = new AtomicLong();

    @AfterEach
    void invariantsHold() {
        made.forEach(TableInvariants::assertInvariants);
    }

    static Schema<String, Item> schema(TableType type) {
        return switch (type) {
            case SET -> Schema.set("items", Item.class, Item::id);
            case ORDERED_SET -> Schema.orderedSet("items", Item.class, Item::id, String.CASE_INSENSITIVE_ORDER);
            case BAG -> Schema.bag("items", Item.class, Item::id);
            case DUPLICATE_BAG -> Schema.duplicateBag("items", Item.class, Item::id);
        };
    }

    final VersionedTable<String, Item> table(TableType type) {
        return table(schema(type));
    }

    final VersionedTable<String, Item> table(TableType type, Item... rows) {
        VersionedTable<String, Item> table = table(type);
        insert(table, rows);
        return table;
    }

    final VersionedTable<String, Item> table(Schema<String, Item> schema) {
        VersionedTable<String, Item> table =
                new VersionedTable<>(schema, EPOCH, nanos::get, () -> START.plusNanos(nanos.get()));
        made.add(table);
        return table;
    }

    final void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    static Item item(String id, int value) {
        return new Item(id, value);
    }

    /** One unit of work by the owner. */
    static <T extends @Nullable Object> T write(VersionedTable<String, Item> table, Work<String, Item, T> work) {
        return write(table, work, null);
    }

    static <T extends @Nullable Object> T write(
            VersionedTable<String, Item> table, Work<String, Item, T> work, Failpoint.@Nullable Hook hook) {
        return as(EPOCH, table, work, new Commitment<>(), hook);
    }

    static <T extends @Nullable Object> T as(
            long writer,
            VersionedTable<String, Item> table,
            Work<String, Item, T> work,
            Commitment<T> outcome,
            Failpoint.@Nullable Hook hook) {
        try {
            return table.atomically(writer, work, outcome, hook);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static void insert(VersionedTable<String, Item> table, Item... rows) {
        write(table, unit -> {
            for (Item row : rows) {
                unit.insert(row);
            }
            return null;
        });
    }

    static boolean delete(VersionedTable<String, Item> table, String key) {
        return write(table, unit -> unit.delete(key));
    }
}
