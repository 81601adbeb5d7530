package dev.heirloom.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.backup.Notes.Note;
import dev.heirloom.table.TableType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever becomes of the files: never a row that was not, never half a unit of work, always a clear outcome. */
class DamageTest {
    private static final int SEGMENT = 512;

    private final FaultyDisk disk = new FaultyDisk();
    private final TreeMap<Long, Map<String, List<Note>>> states = new TreeMap<>();
    private long latest;

    /** Some segments; everything is forced but what the last commits have written. */
    @BeforeEach
    void fill() throws IOException {
        Notes notes = open(disk);
        states.put(notes.table.latestCommit(), notes.contents());
        for (int i = 0; i < 12; i++) {
            int value = i;
            notes.commit(unit -> {
                unit.insert(Note.of("k" + value % 5, value));
                unit.insert(Note.of("l" + value % 3, value));
                unit.delete("k" + (value + 1) % 5);
            });
            states.put(notes.table.latestCommit(), notes.contents());
            notes.kept.urgent();
            if (i < 10) {
                notes.kept.everySecond();
            }
        }
        latest = notes.table.latestCommit();
        assertThat(disk.names()).hasSizeGreaterThan(2);
    }

    private static Notes open(Disk files) throws IOException {
        return new Notes(files, Durability.EVERY_SECOND, Notes.schema(TableType.SET), SEGMENT);
    }

    @Test
    void undamaged_everythingIsThere() throws IOException {
        Notes notes = open(disk.afterKill());
        assertThat(notes.table.latestCommit()).isEqualTo(latest);
        assertThat(notes.contents()).isEqualTo(states.get(latest));
        assertThat(notes.loaded.cut()).isZero();
    }

    /** How many of the outcomes were that the table does not open. */
    private int check(FaultyDisk damaged, String what) {
        Map<String, byte[]> before = files(damaged);
        try {
            Notes notes = open(damaged);
            assertThat(notes.contents()).as(what).isEqualTo(states.get(notes.table.latestCommit()));
            notes.put("k1", 77);
            assertThat(open(damaged.afterKill()).contents().get("k1")).as(what).containsExactly(Note.of("k1", 77));
            return 0;
        } catch (DamagedException e) {
            assertThat(e).as(what).hasMessageContaining(".log, at byte ");
            Map<String, byte[]> after = files(damaged);
            assertThat(after.keySet()).as(what).isEqualTo(before.keySet());
            after.forEach((name, bytes) -> assertThat(bytes).as(what).isEqualTo(before.get(name)));
            return 1;
        } catch (IOException e) {
            throw new AssertionError(what, e);
        }
    }

    private static Map<String, byte[]> files(FaultyDisk files) {
        Map<String, byte[]> all = new TreeMap<>();
        files.names().forEach(name -> all.put(name, files.bytes(name).clone()));
        return all;
    }

    @Test
    void anyBitFlipped_aFormerState_orNone() {
        int refused = 0;
        int all = 0;
        for (String name : disk.names()) {
            for (int bit = 0; bit < 8 * disk.bytes(name).length; bit++) {
                FaultyDisk damaged = disk.afterKill();
                damaged.bytes(name)[bit / 8] ^= (byte) (1 << bit % 8);
                refused += check(damaged, name + ", bit " + bit);
                all++;
            }
        }
        assertThat(refused).isBetween(all / 4, all - 1);
    }

    @Test
    void truncatedAnywhere_aFormerState_orNone() {
        for (String name : disk.names()) {
            for (int size = 0; size < disk.bytes(name).length; size++) {
                FaultyDisk damaged = disk.afterKill();
                damaged.put(name, Arrays.copyOf(disk.bytes(name), size));
                check(damaged, name + ", " + size + " bytes");
            }
        }
    }

    @Test
    void sectorOfZeros_aFormerState_orNone() {
        for (String name : disk.names()) {
            for (int from = 0; from < disk.bytes(name).length; from += 8) {
                FaultyDisk damaged = disk.afterKill();
                byte[] bytes = damaged.bytes(name);
                Arrays.fill(bytes, from, Math.min(bytes.length, from + 64), (byte) 0);
                check(damaged, name + ", zeros from " + from);
            }
        }
    }

    @Test
    void fileGone_refused_butForTheOldestAndTheLast() throws IOException {
        List<String> names = disk.names();
        for (int i = 1; i + 1 < names.size(); i++) {
            FaultyDisk damaged = disk.afterKill();
            damaged.delete(names.get(i));
            assertThatThrownBy(() -> open(damaged)).isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void laterVersionOfTheFormat_refused_andNothingIsChanged() {
        disk.bytes("00000001.log")[8] = Segment.VERSION + 1;
        Map<String, byte[]> before = files(disk);
        assertThatThrownBy(() -> open(disk))
                .isInstanceOf(DamagedException.class)
                .hasMessage("00000001.log, at byte 8: it is of version 2 of the format, and this release of Heirloom"
                        + " reads version 1: a later one wrote it, which can read it");
        files(disk).forEach((name, bytes) -> assertThat(bytes).isEqualTo(before.get(name)));
    }

    @Test
    void somethingElse_isNoSegment() {
        disk.put(
                "00000000.log",
                "something else, and long enough to be one".repeat(9).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> open(disk))
                .isInstanceOf(DamagedException.class)
                .hasMessage("00000000.log, at byte 0: it does not begin as a segment");
    }
}
