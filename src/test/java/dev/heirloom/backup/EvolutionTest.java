package dev.heirloom.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rows that a former release wrote are read by a later one, whose types have changed. */
@SuppressWarnings("SameNameButDifferent") // as in two releases
class EvolutionTest {
    static class V1 {
        enum Status {
            RINGING,
            TALKING,
            OVER
        }

        sealed interface Event permits Dialled, Hung, Flag {}

        record Dialled(String digits) implements Event {}

        record Hung(int code) implements Event {}

        enum Flag implements Event {
            SPAM
        }

        record Leg(String to, int seconds) {}

        record Call(
                String sid,
                String from,
                Status status,
                int bytes,
                float load,
                Integer boxed,
                List<Leg> legs,
                Map<Status, Leg> byStatus,
                SortedMap<Integer, Event> events,
                Set<Leg> distinct,
                Optional<Leg> best) {}
    }

    static class V2 {
        enum Status {
            QUEUED,
            DONE,
            TALKING,
            RINGING
        }

        sealed interface Event permits Hung, Pressed, Flag, Moved {}

        record Moved(String where) implements Event {}

        record Pressed(String digits) implements Event {}

        record Hung(long code) implements Event {}

        enum Flag implements Event {
            OTHER,
            SPAM
        }

        record Leg(long seconds, String callee, String codec) {}

        record Call(
                Optional<Leg> best,
                Long bytes,
                String caller,
                double load,
                int boxed,
                Status status,
                String sid,
                int retries,
                String region,
                List<Leg> legs,
                Map<Status, Leg> byStatus,
                SortedMap<Integer, Event> events,
                Set<Leg> distinct) {}
    }

    private static final Evolution<V2.Call> EVOLUTION = Evolution.<V2.Call>none()
            .renamed(V2.Call.class, "from", "caller")
            .renamed(V2.Leg.class, "to", "callee")
            .renamedConstant(V2.Status.class, "OVER", "DONE")
            .renamedType("Dialled", V2.Pressed.class)
            .defaultOf(V2.Call.class, "retries", 3)
            .defaultOf(V2.Leg.class, "codec", "opus");

    private static final RowFormat<V1.Call> OLD = RowFormat.of("calls", V1.Call.class, Evolution.none());
    private static final RowFormat<V2.Call> NEW = RowFormat.of("calls", V2.Call.class, EVOLUTION);

    private static V1.Call call(Integer boxed, V1.Status status) {
        V1.Leg leg = new V1.Leg("bob", 7);
        return new V1.Call(
                "CA1",
                "alice",
                status,
                5,
                0.1f,
                boxed,
                List.of(leg),
                Map.of(V1.Status.OVER, leg),
                new TreeMap<>(Map.of(1, new V1.Dialled("42"), 2, new V1.Hung(9), 3, V1.Flag.SPAM)),
                Set.of(leg),
                Optional.of(leg));
    }

    @Test
    void everyChange_isFollowed() {
        V2.Leg leg = new V2.Leg(7, "bob", "opus");

        assertThat(Formats.evolved(OLD, call(4, V1.Status.TALKING), NEW))
                .isEqualTo(new V2.Call(
                        Optional.of(leg),
                        5L,
                        "alice",
                        (double) 0.1f,
                        4,
                        V2.Status.TALKING,
                        "CA1",
                        3,
                        null,
                        List.of(leg),
                        Map.of(V2.Status.DONE, leg),
                        new TreeMap<>(Map.of(1, new V2.Pressed("42"), 2, new V2.Hung(9), 3, V2.Flag.SPAM)),
                        Set.of(leg)));
    }

    @Test
    void formerNamesAndDefaults_holdForJsonToo() throws Exception {
        record Old(String former) {}
        record Now(String name, int count) {}
        RowFormat<Now> format = RowFormat.of(
                "notes",
                Now.class,
                Evolution.<Now>none().renamed(Now.class, "former", "name").defaultOf(Now.class, "count", 8));

        assertThat(format.json().decode(Formats.of(Old.class).json().encode(new Old("x"))))
                .isEqualTo(new Now("x", 8));
    }

    @Test
    void nullForAPrimitive_isUnreadable() {
        assertThatThrownBy(() -> Formats.evolved(OLD, call(null, V1.Status.TALKING), NEW))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessage("table calls: a row cannot be read: Call.boxed: null for a primitive type; read of it:"
                        + " Call[sid=CA1, from=alice, status=TALKING, bytes=5, load=0.1, boxed=null,"
                        + " legs=[Leg[to=bob, seconds=7]], byStatus={OVER=Leg[to=bob, seconds=7]},"
                        + " events={1=Dialled[digits=42], 2=Hung[code=9], 3=SPAM},"
                        + " distinct=[Leg[to=bob, seconds=7]], best=Optional[Leg[to=bob, seconds=7]]]");
    }

    record Word(String text) {}

    record Pair(Word first, List<Word> rest) {}

    enum One {
        A,
        B
    }

    static class Later {
        record Word(int text) {}

        record Pair(Word first, List<Word> rest) {}

        enum One {
            A
        }
    }

    @Test
    void kindsThatDoNotFit_areUnreadableWhereTheyAreMet() {
        RowFormat<Pair> old = Formats.of(Pair.class);
        RowFormat<Later.Pair> now = Formats.of(Later.Pair.class);

        assertThat(Formats.evolved(old, new Pair(null, List.of()), now)).isEqualTo(new Later.Pair(null, List.of()));
        assertThatThrownBy(() -> Formats.evolved(old, new Pair(null, List.of(new Word("x"))), now))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessageStartingWith("table notes: a row cannot be read: Pair.rest[].text: it was String, which"
                        + " does not fit Integer; read of it: Pair[first=null, rest=[Word[text=x]]]");
    }

    @Test
    void aConstantThatWasRemoved_isUnreadableWhereItIsMet() {
        RowFormat<One> old = Formats.of(One.class);
        RowFormat<Later.One> now = Formats.of(Later.One.class);

        assertThat(Formats.evolved(old, One.A, now)).isEqualTo(Later.One.A);
        assertThatThrownBy(() -> Formats.evolved(old, One.B, now))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessage("table notes: a row cannot be read: One: One has no constant B");
    }

    record Strict(String sid, int size) {
        Strict {
            if (size > 2) {
                throw new IllegalArgumentException("size: " + size);
            }
        }
    }

    record Lenient(String sid, int size) {}

    record Bare(String sid) {}

    @Test
    void aConstructorThatThrows_isUnreadable() {
        assertThatThrownBy(() ->
                        Formats.evolved(Formats.of(Lenient.class), new Lenient("CA1", 3), Formats.of(Strict.class)))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessage("table notes: a row cannot be read: Strict: java.lang.IllegalArgumentException: size: 3;"
                        + " read of it: Lenient[sid=CA1, size=3]");
    }

    @Test
    void aNewPrimitiveWithoutADefault_isUnreadable() {
        assertThatThrownBy(() -> Formats.evolved(Formats.of(Bare.class), new Bare("CA1"), Formats.of(Strict.class)))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessage("table notes: a row cannot be read: Strict.size: it is missing, and has no default;"
                        + " read of it: Bare[sid=CA1]");
    }

    @Test
    void anUpgrade_getsTheOldRow() {
        RowFormat<Strict> format = RowFormat.of(
                "calls",
                Strict.class,
                Evolution.<Strict>none()
                        .version(2)
                        .upgrade((from, old) -> new Strict(
                                from + "/" + old.version() + " " + old.getString("sid") + " " + old.getString("status")
                                        + " " + old.get("byStatus")
                                        + old.get("best", Optional.class).isPresent()
                                        + ((List<?>) old.get("legs")).size() + old.has("nothing"),
                                old.getInt("bytes") - 4)));

        assertThat(Formats.evolved(OLD, call(null, V1.Status.OVER), format))
                .isEqualTo(new Strict("1/1 CA1 OVER {OVER=Leg[to=bob, seconds=7]}true1false", 1));
    }

    @Test
    void anUpgrade_isNotAskedForRowsOfItsVersion() {
        Evolution<Strict> evolution = Evolution.<Strict>none().version(2).upgrade((from, old) -> {
            throw new AssertionError(old);
        });
        RowFormat<Bare> old =
                RowFormat.of("calls", Bare.class, Evolution.<Bare>none().version(2));

        assertThat(Formats.evolved(
                        old,
                        new Bare("a"),
                        RowFormat.of("calls", Strict.class, evolution.defaultOf(Strict.class, "size", 1))))
                .isEqualTo(new Strict("a", 1));
    }

    @Test
    void anUpgradeThatThrows_isUnreadable() {
        RowFormat<Strict> format = RowFormat.of(
                "calls",
                Strict.class,
                Evolution.<Strict>none().version(2).upgrade((from, old) -> new Strict("", old.getInt("wrong"))));

        assertThatThrownBy(() -> Formats.evolved(Formats.of(Bare.class), new Bare("CA1"), format))
                .isInstanceOf(UnreadableRowException.class)
                .hasMessage("table calls: a row cannot be read: Strict: java.lang.IllegalArgumentException: field:"
                        + " Bare had [sid], not wrong; read of it: Bare[sid=CA1]");
    }

    @Test
    void wrongNames_areRefused() {
        assertRefused(
                Evolution.<V2.Call>none().renamed(V2.Call.class, "from", "calller"),
                "renamed: Call has no \"calller\", but [");
        assertRefused(
                Evolution.<V2.Call>none().renamed(V2.Call.class, "region", "caller"),
                "renamed: Call.region is still there");
        assertRefused(
                Evolution.<V2.Call>none().renamed(V1.Call.class, "x", "sid"),
                "renamed: dev.heirloom.backup.EvolutionTest$V1$Call is no part of the rows");
        assertRefused(
                Evolution.<V2.Call>none().defaultOf(V2.Call.class, "retry", 1),
                "defaultOf: Call has no \"retry\", but [");
        assertRefused(
                Evolution.<V2.Call>none().defaultOf(V2.Call.class, "retries", "1"),
                "defaultOf: Call.retries is of Integer, not String");
        assertRefused(
                Evolution.<V2.Call>none().renamedConstant(V2.Status.class, "OVER", "GONE"),
                "renamedConstant: Status has no \"GONE\", but [");
        assertRefused(
                Evolution.<V2.Call>none().renamedConstant(V2.Status.class, "DONE", "RINGING"),
                "renamedConstant: Status.DONE is still there");
        assertRefused(
                Evolution.<V2.Call>none().renamedType("Old", String.class),
                "renamedType: java.lang.String is no part of the rows");
        assertRefused(
                Evolution.<V2.Call>none().renamedType("Hung", V2.Pressed.class),
                "renamedType: Hung is still a type of Event");
        assertRefused(
                Evolution.<V2.Call>none()
                        .renamedType("Dialled", V2.Pressed.class)
                        .renamedType("Dialled", V2.Moved.class),
                "renamedType: two types of one interface were Dialled");
        assertThatThrownBy(() -> Evolution.none().version(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("version: 0 is less than 1");
    }

    private static void assertRefused(Evolution<V2.Call> evolution, String message) {
        assertThatThrownBy(() -> RowFormat.of("calls", V2.Call.class, evolution))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
