package dev.heirloom.backup;

import dev.heirloom.table.Schema;
import dev.heirloom.table.TableType;
import dev.heirloom.table.UnitOfWork;
import dev.heirloom.table.VersionedTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;

/** A table of notes, kept on a disk, for tests. */
final class Notes {
    static final int SEGMENT_SIZE = 4096;
    private static final long EPOCH = 7;

    /** A row. */
    record Note(String id, int value, String text) {
        static Note of(String id, int value) {
            return new Note(id, value, "x".repeat(Math.floorMod(value, 40)));
        }
    }

    final VersionedTable<String, Note> table;
    final JournaledTable<String, Note> kept;
    final KeptTable.Loaded loaded;

    /** Who looks after it, once somebody runs it. */
    final Keeper keeper = new Keeper();

    /** Loads what is on the disk. */
    Notes(Disk disk, Durability durability) throws IOException {
        this(disk, durability, schema(TableType.SET), SEGMENT_SIZE);
    }

    Notes(Disk disk, Durability durability, Schema<String, Note> schema, int segmentSize) throws IOException {
        this(disk, durability, schema, segmentSize, ForkJoinPool.commonPool());
    }

    /** @param readers who may help to read what is there */
    Notes(Disk disk, Durability durability, Schema<String, Note> schema, int segmentSize, Executor readers)
            throws IOException {
        table = new VersionedTable<>(schema, EPOCH);
        kept = new JournaledTable<>(
                schema,
                disk,
                durability,
                RowFormat.of("notes", Note.class, Evolution.none()),
                segmentSize,
                keeper,
                readers,
                () -> {});
        loaded = kept.load(table, 0, done -> {});
    }

    static Schema<String, Note> schema(TableType type) {
        return switch (type) {
            case SET -> Schema.set("notes", Note.class, Note::id);
            case ORDERED_SET -> Schema.<String, Note>orderedSet("notes", Note.class, Note::id, String::compareTo);
            case BAG -> Schema.bag("notes", Note.class, Note::id);
            case DUPLICATE_BAG -> Schema.duplicateBag("notes", Note.class, Note::id);
        };
    }

    void commit(Consumer<UnitOfWork<String, Note>> work) {
        try {
            table.<Void>atomically(
                    EPOCH,
                    unit -> {
                        work.accept(unit);
                        return null;
                    },
                    null,
                    null);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    void put(String id, int value) {
        commit(unit -> unit.insert(Note.of(id, value)));
    }

    /** All rows by key, those of a key in their order. */
    Map<String, List<Note>> contents() {
        Map<String, List<Note>> all = new TreeMap<>();
        table.stream()
                .forEach(note ->
                        all.computeIfAbsent(note.id(), id -> new ArrayList<>()).add(note));
        return all;
    }

    /** Does what the keeper does once a second. */
    void everySecond() {
        kept.urgent();
        kept.everySecond();
        boolean more = true;
        while (more) {
            more = kept.clean();
        }
    }
}
