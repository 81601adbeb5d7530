package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The number of the commit that a row is from. */
class RevisionTest {
    private record Thing(String id, int value) {}

    private final VersionedTable<String, Thing> table =
            new VersionedTable<>(Schema.set("things", Thing.class, Thing::id), 1);

    private void write(Work<String, Thing, Boolean> work) throws Exception {
        table.atomically(1, work, null, null);
    }

    @Test
    void revision_isOfTheKey_notOfTheTable() throws Exception {
        write(unit -> unit.insertNew(new Thing("a", 1)));
        long first = table.latestCommit();
        write(unit -> unit.insertNew(new Thing("b", 1)));
        assertThat(table.revision("a")).isEqualTo(new Revision<>(table.lookup("a"), first));
        assertThat(table.revision("b").commit()).isEqualTo(first + 1);
        write(unit -> unit.insert(new Thing("a", 1)) != null);
        assertThat(table.revision("a").commit()).isEqualTo(first + 2);
    }

    @Test
    void absentKey_hasNone() throws Exception {
        assertThat(table.revision("a")).isEqualTo(Revision.absent());
        write(unit -> unit.insertNew(new Thing("a", 1)));
        write(unit -> unit.delete("a"));
        assertThat(table.revision("a").isPresent()).isFalse();
        assertThat(table.revision("a").commit()).isEqualTo(Revision.NONE);
    }

    @Test
    void unit_seesWhatIsCommitted_untilItChangesIt() throws Exception {
        write(unit -> unit.insertNew(new Thing("a", 1)));
        long commit = table.latestCommit();
        write(unit -> {
            assertThat(unit.revision("a").commit()).isEqualTo(commit);
            unit.insert(new Thing("a", 2));
            assertThat(unit.revision("a")).isEqualTo(new Revision<>(unit.lookup("a"), Revision.NONE));
            unit.delete("a");
            assertThat(unit.revision("a").isPresent()).isFalse();
            return true;
        });
    }

    @Test
    void snapshot_keepsTheOldOne() throws Exception {
        write(unit -> unit.insertNew(new Thing("a", 1)));
        long commit = table.latestCommit();
        try (Snapshot<String, Thing> snapshot = table.snapshot()) {
            write(unit -> unit.insert(new Thing("a", 2)) != null);
            assertThat(snapshot.revision("a").commit()).isEqualTo(commit);
            assertThat(snapshot.revision("a").rows()).containsExactly(new Thing("a", 1));
        }
    }

    @Test
    void publicUnit_isValidatedByWhatItsRevisionWas() throws Exception {
        VersionedTable<String, Thing> open = new VersionedTable<>(
                Schema.set("things", Thing.class, Thing::id).withAccess(Access.PUBLIC), 1);
        open.atomically(VersionedTable.ANYBODY, unit -> unit.insertNew(new Thing("a", 1)), null, null);
        int[] runs = new int[1];
        open.atomically(
                VersionedTable.ANYBODY,
                unit -> {
                    long seen = unit.revision("a").commit();
                    if (runs[0]++ == 0) {
                        open.atomically(1, other -> other.insert(new Thing("a", 2)), null, null);
                    }
                    return unit.insert(new Thing("a", (int) seen));
                },
                null,
                null);
        assertThat(runs[0]).isEqualTo(2);
        assertThat(open.find("a").orElseThrow().value()).isEqualTo((int) open.latestCommit() - 1);
    }

    @Test
    void successor_numbersItsCommitsOn() throws Exception {
        write(unit -> unit.insertNew(new Thing("a", 1)));
        long last = table.latestCommit();
        assertThat(table.tryClose()).isTrue();
        VersionedTable<String, Thing> next = table.successor(2);
        next.atomically(2, unit -> unit.insertNew(new Thing("a", 1)), null, null);
        assertThat(next.revision("a").commit()).isEqualTo(last + 1);
        assertThat(next.size()).isEqualTo(1);
    }
}
