package dev.heirloom.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.table.RowCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What cannot be written, and what cannot be read, is refused with a message that says where and why. */
class RefusedRowsTest {
    record Leg(Object codec) {}

    record Call(String sid, List<Leg> legs) {}

    interface Open {}

    record OfOpen(Open open) {}

    @SuppressWarnings("ArrayRecordComponent")
    record OfArray(int[] array) {}

    record OfClass(ArrayList<String> list) {}

    @SuppressWarnings("rawtypes")
    record OfRaw(List raw) {}

    record OfWildcard(List<?> any) {}

    record OfThread(Thread thread) {}

    record Plain(int n) {}

    record OfSorted(SortedSet<Plain> plains) {}

    sealed interface Half permits Fine, Ordinary {}

    record Fine(int n) implements Half {}

    static final class Ordinary implements Half {}

    record Generic<T>(T value) {}

    @Test
    void typesThatCannotBeWritten_areRefused() {
        assertThatThrownBy(() -> RowFormat.of("calls", Call.class, Evolution.none()))
                .isInstanceOf(UnsupportedRowException.class)
                .hasMessage("table calls: rows of dev.heirloom.backup.RefusedRowsTest$Call cannot be written, because"
                        + " Call.legs[].codec: java.lang.Object is not supported. Use records, enums, sealed"
                        + " interfaces of them, and the JDK's values and collections, or give a RowCodec");
        assertUnsupported(OfOpen.class, "OfOpen.open: dev.heirloom.backup.RefusedRowsTest$Open is not supported");
        assertUnsupported(OfArray.class, "OfArray.array: int[] is not supported");
        assertUnsupported(OfClass.class, "OfClass.list: java.util.ArrayList is not supported");
        assertUnsupported(OfRaw.class, "OfRaw.raw: java.util.List does not say what it contains");
        assertUnsupported(OfWildcard.class, "OfWildcard.any[]: java.lang.Object is not supported");
        assertUnsupported(OfThread.class, "OfThread.thread: java.lang.Thread is not supported");
        assertUnsupported(Generic.class, "Generic.value: java.lang.Object is not supported");
        assertUnsupported(
                OfSorted.class,
                "OfSorted.plains[]: dev.heirloom.backup.RefusedRowsTest$Plain is sorted, and not Comparable");
        assertUnsupported(Half.class, "Half(Ordinary): dev.heirloom.backup.RefusedRowsTest$Ordinary is not supported");
    }

    private static void assertUnsupported(Class<?> type, String why) {
        assertThatThrownBy(() -> Formats.of(type))
                .isInstanceOf(UnsupportedRowException.class)
                .hasMessageContaining(" cannot be written, because " + why + ".");
    }

    record Sorted(SortedSet<String> words) {}

    record Some(Collection<String> words) {}

    record Chain(Chain next) {
        static Chain of(int length) {
            Chain chain = null;
            for (int i = 0; i < length; i++) {
                chain = new Chain(chain);
            }
            return chain;
        }
    }

    record Throwing(String text) {
        @Override
        public String text() {
            throw new IllegalStateException("no");
        }
    }

    @Test
    void rowsThatWouldNotComeBack_areRefused() {
        SortedSet<String> reverse = new TreeSet<>(Comparator.reverseOrder());
        assertUnwritable(new Sorted(reverse), "Sorted.words: its order is not the natural one, and would be lost");
        assertUnwritable(
                new Some(Set.of()), "Some.words: a Set in a Collection would come back as a List: declare a Set");
        assertUnwritable(new Throwing(""), "Throwing.text: java.lang.IllegalStateException: no");
        assertUnwritable(Chain.of(201), "Chain" + ".next".repeat(200) + ": nested more than 200 deep");
    }

    @SuppressWarnings("unchecked")
    private static void assertUnwritable(Object row, String why) {
        RowFormat<Object> format = (RowFormat<Object>) Formats.of(row.getClass());
        ByteSink out = new ByteSink();
        out.putInt(1);
        assertThatThrownBy(() -> format.write(row, out))
                .isInstanceOf(UnwritableRowException.class)
                .hasMessage("table notes: a row cannot be written: " + why);
        assertThat(out.size()).isEqualTo(4);
        assertThatThrownBy(() -> format.json().encode(row))
                .isInstanceOf(UnwritableRowException.class)
                .hasMessage("table notes: a row cannot be written: " + why);
    }

    @Test
    void theDeepestRow_comesBackOnASmallStack() throws Exception {
        Chain deepest = Chain.of(200);
        RowFormat<Chain> format = Formats.of(Chain.class);
        List<Throwable> errors = new ArrayList<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        assertThat(Formats.throughBytes(format, deepest)).isEqualTo(deepest);
                        assertThat(Formats.throughJson(format, deepest)).isEqualTo(deepest);
                    } catch (Throwable e) {
                        errors.add(e);
                    }
                },
                "small",
                512 << 10);
        thread.start();
        thread.join();

        assertThat(errors).isEmpty();
    }

    @Test
    void jsonThatIsNoRow_isRefused() {
        assertUnreadable("{\"n\":1,\"m\":2}", "Fine: Fine has no field \"m\"");
        assertUnreadable("{\"n\":1,\"@type\":\"Fine\"}", "Fine: Fine has no field \"@type\"");
        assertUnreadable("{}", "Fine.n: it is missing, and has no default");
        assertUnreadable("{\"n\":null}", "Fine.n: null for a primitive type");
        assertUnreadable("{\"n\":true}", "Fine.n: JSON TRUE is no Integer");
        assertUnreadable("{\"n\":1.5}", "Fine.n: java.lang.NumberFormatException: For input string: \"1.5\"");
        assertUnreadable("{\"n\":1,\"n\":2}", "Fine: ");
        assertUnreadable("{\"n\":1}{", "Fine: ");
        assertUnreadable("[1]", "Fine: JSON ARRAY is no Fine");
        assertUnreadable("null", "Fine: JSON NULL is no Fine");
        assertUnreadable("{", "Fine: ");
        assertUnreadable("", "Fine: ");
        assertUnreadable("[".repeat(100_000), "Fine: ");
    }

    private static void assertUnreadable(String json, String why) {
        assertThatThrownBy(() -> Formats.of(Fine.class).json().decode(json))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessageStartingWith("table notes: a row cannot be read: " + why);
    }

    private record Words(String name) implements RowCodec<String> {
        @Override
        public String encode(String row) {
            return row;
        }

        @Override
        public String decode(String line) {
            if (line.isEmpty()) {
                throw new IllegalArgumentException("empty");
            }
            return line;
        }
    }

    @Test
    void aCodec_readsItsOwnTextsOnly() {
        RowFormat<String> format = RowFormat.of("notes", new Words("words"));

        assertThat(Formats.throughBytes(format, "a\u4E2D😀")).isEqualTo("a\u4E2D😀");
        assertThatThrownBy(() -> Formats.bytes(format, "\uD800"))
                .isInstanceOf(UnwritableRowException.class)
                .hasMessageStartingWith("table notes: a row cannot be written: codec words: ");
        assertThatThrownBy(() -> Formats.throughBytes(format, ""))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessage(
                        "table notes: a row cannot be read: codec words: java.lang.IllegalArgumentException: empty");
        assertThatThrownBy(() ->
                        format.reader(RowFormat.of("notes", new Words("other")).description()))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessage("table notes: its rows cannot be read: they were written by codec other, which codec words"
                        + " cannot read");
        assertThatThrownBy(() -> format.reader(Formats.of(Fine.class).description()))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessageContaining("they were written by their fields");
        assertThatThrownBy(() -> Formats.of(Fine.class).reader(format.description()))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessage("table notes: its rows cannot be read: they were written by codec words, not by their"
                        + " fields");
    }
}
