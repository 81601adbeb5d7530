package dev.heirloom.table;

import com.google.common.collect.testing.TestSortedMapGenerator;
import java.util.Comparator;
import java.util.List;
import java.util.Map.Entry;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes navigable map views of ordered sets. */
final class SortedMapsOfNotes extends MapsOfNotes implements TestSortedMapGenerator<String, MapsOfNotes.Note> {
    /** Two below all samples and two above, whether read from the left or from the right. */
    private final List<Entry<String, Note>> extremes;

    SortedMapsOfNotes(
            Comparator<String> order, Function<VersionedTable<String, Note>, ? extends SortedMap<String, Note>> view) {
        super(order, view);
        this.extremes = Stream.of("!a!", "!b!", "~a~", "~b~")
                .sorted(order)
                .map(MapsOfNotes::entry)
                .toList();
    }

    @Override
    public SortedMap<String, Note> create(Object... entries) {
        return (SortedMap<String, Note>) super.create(entries);
    }

    @Override
    public Entry<String, Note> belowSamplesLesser() {
        return extremes.get(0);
    }

    @Override
    public Entry<String, Note> belowSamplesGreater() {
        return extremes.get(1);
    }

    @Override
    public Entry<String, Note> aboveSamplesLesser() {
        return extremes.get(2);
    }

    @Override
    public Entry<String, Note> aboveSamplesGreater() {
        return extremes.get(3);
    }
}
