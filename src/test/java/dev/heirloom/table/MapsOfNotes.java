package dev.heirloom.table;

import com.google.common.collect.testing.SampleElements;
import com.google.common.collect.testing.TestMapGenerator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes map views of tables that have what the suites of Guava's testlib ask for. */
class MapsOfNotes implements TestMapGenerator<String, MapsOfNotes.Note> {
    /**
     * A row that equals those of the same text, whatever their keys: the suites put any value under any key, and ask
     * whether the map has it there.
     */
    record Note(String key, String text) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Note note && note.text.equals(text);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    private final Schema<String, Note> schema;
    private final Function<VersionedTable<String, Note>, ? extends Map<String, Note>> view;

    /** @param order null for a set without order */
    MapsOfNotes(Comparator<String> order, Function<VersionedTable<String, Note>, ? extends Map<String, Note>> view) {
        this.schema = order == null
                ? Schema.set("notes", Note.class, Note::key)
                : Schema.orderedSet("notes", Note.class, Note::key, order);
        this.view = view;
    }

    @Override
    public Map<String, Note> create(Object... entries) {
        List<Note> rows = Stream.of(entries).map(MapsOfNotes::row).toList();
        VersionedTable<String, Note> table = new VersionedTable<>(schema, EngineTest.EPOCH);
        try {
            table.atomically(
                    EngineTest.EPOCH,
                    unit -> {
                        unit.insertAll(rows);
                        return true;
                    },
                    new Commitment<>(),
                    null);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return view.apply(table);
    }

    /** Refuses null as the suites expect of those who make a map; a table has an exception of its own for it. */
    private static Note row(Object entry) {
        Object key = Objects.requireNonNull(((Entry<?, ?>) entry).getKey());
        Object value = Objects.requireNonNull(((Entry<?, ?>) entry).getValue());
        return new Note((String) key, ((Note) value).text());
    }

    static Entry<String, Note> entry(String key) {
        return Map.entry(key, new Note(key, "text of " + key));
    }

    @Override
    public SampleElements<Entry<String, Note>> samples() {
        return new SampleElements<>(entry("one"), entry("two"), entry("three"), entry("four"), entry("five"));
    }

    @Override
    public Iterable<Entry<String, Note>> order(List<Entry<String, Note>> inserted) {
        List<Entry<String, Note>> sorted = new ArrayList<>(inserted);
        if (schema.order() != null) {
            sorted.sort(Entry.comparingByKey(schema.order()));
        }
        return sorted;
    }

    @Override
    @SuppressWarnings("unchecked") // there are no arrays of generic types
    public Entry<String, Note>[] createArray(int length) {
        return (Entry<String, Note>[]) new Entry<?, ?>[length];
    }

    @Override
    public String[] createKeyArray(int length) {
        return new String[length];
    }

    @Override
    public Note[] createValueArray(int length) {
        return new Note[length];
    }
}
