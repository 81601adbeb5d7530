package dev.heirloom.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.backup.Notes.Note;
import dev.heirloom.table.Expiry;
import dev.heirloom.table.TableType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be read of damaged files is read: every unit of work but the damaged ones, and no half ones. */
class SalvageTest {
    private static final int SEGMENT = 512;
    private static final int UNITS = 30;

    private final FaultyDisk disk = new FaultyDisk();

    /** What each unit of work does, to a model. */
    private final List<Consumer<Map<String, Note>>> units = new ArrayList<>();

    @BeforeEach
    void fill() throws IOException {
        Notes notes = open(disk);
        for (int i = 0; i < UNITS; i++) {
            Note first = Note.of("k" + i % 5, i);
            Note second = Note.of("l" + i % 3, i);
            String gone = "k" + (i + 1) % 5;
            notes.commit(unit -> {
                unit.insert(first);
                unit.insert(second);
                unit.delete(gone);
            });
            units.add(rows -> {
                rows.put(first.id(), first);
                rows.put(second.id(), second);
                rows.remove(gone);
            });
            notes.kept.urgent();
        }
        assertThat(disk.names()).hasSizeGreaterThan(3);
    }

    private static Notes open(Disk files) throws IOException {
        return new Notes(files, Durability.EVERY_SECOND, Notes.schema(TableType.SET), SEGMENT);
    }

    private Map<String, Note> allBut(Set<Integer> lost) {
        Map<String, Note> rows = new TreeMap<>();
        for (int i = 0; i < UNITS; i++) {
            if (!lost.contains(i)) {
                units.get(i).accept(rows);
            }
        }
        return rows;
    }

    /** What is read of files, which must not change. */
    private record Read(Map<String, Note> rows, Salvaged outcome) {
        static Read of(FaultyDisk files) {
            Map<String, byte[]> before = files(files);
            Map<String, Note> rows = new TreeMap<>();
            Records.Changes<Note> into = new Records.Changes<>() {
                @Override
                public void put(List<Note> put, long commit, long deadline, @Nullable Expiry own) {
                    rows.put(put.get(0).id(), put.get(0));
                }

                @Override
                public void delete(Note carrier) {
                    rows.remove(carrier.id());
                }
            };
            Salvaged outcome;
            try {
                outcome = new Salvage<>(files, RowFormat.of("notes", Note.class, Evolution.none()), into).run();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            Map<String, byte[]> after = files(files);
            assertThat(after.keySet()).isEqualTo(before.keySet());
            after.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(before.get(name)));
            return new Read(rows, outcome);
        }

        private static Map<String, byte[]> files(FaultyDisk files) {
            Map<String, byte[]> all = new TreeMap<>();
            files.names().forEach(name -> all.put(name, files.bytes(name).clone()));
            return all;
        }
    }

    @Test
    void undamaged_everythingIsRead() {
        Read read = Read.of(disk.afterKill());
        assertThat(read.rows()).isEqualTo(allBut(Set.of()));
        assertThat(read.outcome().places()).isEmpty();
        assertThat(read.outcome().leftOut()).isZero();
        assertThat(read.outcome().summary()).isEqualTo("everything could be read");
    }

    @Test
    void emptyDirectory_nothingIsRead() {
        Read read = Read.of(new FaultyDisk());
        assertThat(read.rows()).isEmpty();
        assertThat(read.outcome()).isEqualTo(new Salvaged(0, 0, ""));
    }

    @Test
    void anyByteDamaged_oneUnitIsLost_orNone() {
        List<Map<String, Note>> possible = new ArrayList<>();
        possible.add(allBut(Set.of()));
        for (int i = 0; i < UNITS; i++) {
            possible.add(allBut(Set.of(i)));
        }
        Set<Integer> seen = new HashSet<>();
        for (String name : disk.names()) {
            for (int at = 0; at < disk.bytes(name).length; at++) {
                FaultyDisk damaged = disk.afterKill();
                damaged.bytes(name)[at] ^= (byte) (1 << at % 8);
                Read read = Read.of(damaged);
                int which = possible.indexOf(read.rows());
                assertThat(which).as("%s, byte %d: %s", name, at, read).isNotNegative();
                if (which > 0) {
                    assertThat(read.outcome().places()).contains(name);
                }
                seen.add(which);
            }
        }
        assertThat(seen).hasSizeGreaterThan(3); // what most units did was done again by others
    }

    @Test
    void sectorOfZeros_whatIsBehindItIsRead_andThePlaceIsNamed() {
        String name = disk.names().get(1);
        FaultyDisk damaged = disk.afterKill();
        int from = 160;
        Arrays.fill(damaged.bytes(name), from, from + 8, (byte) 0);
        Read read = Read.of(damaged);
        assertThat(read.outcome().places()).startsWith(name + ", bytes ");
        assertThat(read.outcome().leftOut()).isPositive();
        assertThat(read.outcome().records()).isEqualTo(Read.of(disk).outcome().records() - 1);
    }

    @Test
    void truncatedAnywhere_othersAreRead() {
        for (String name : disk.names()) {
            for (int size = 0; size < disk.bytes(name).length; size += 5) {
                FaultyDisk damaged = disk.afterKill();
                damaged.put(name, Arrays.copyOf(disk.bytes(name), size));
                assertThat(Read.of(damaged).outcome().records()).isPositive();
            }
        }
    }

    @Test
    void fileGone_isNamed() throws IOException {
        List<String> names = disk.names();
        FaultyDisk damaged = disk.afterKill();
        damaged.delete(names.get(1));
        Read read = Read.of(damaged);
        assertThat(read.outcome().places()).isEqualTo("something before " + names.get(2));
        assertThat(read.outcome().records()).isPositive();
    }

    @Test
    void somethingElse_isNamed_andOthersAreRead() {
        disk.put(
                "00000000.log",
                "something else, and long enough to be one".repeat(9).getBytes(StandardCharsets.UTF_8));
        Read read = Read.of(disk);
        assertThat(read.rows()).isEqualTo(allBut(Set.of()));
        assertThat(read.outcome().places()).startsWith("the head of 00000000.log; 00000000.log, bytes 0 to ");
    }

    @Test
    void manyPlaces_areCounted() {
        for (String name : disk.names()) {
            byte[] bytes = disk.bytes(name);
            for (int at = 100; at + 64 < bytes.length; at += 64) {
                bytes[at] ^= 1;
            }
            disk.put("9" + name.substring(1), bytes.clone());
            disk.put("8" + name.substring(1), bytes.clone());
        }
        Read read = Read.of(disk);
        assertThat(read.outcome().places()).contains("; and ").endsWith(" more");
        assertThat(read.outcome().places().split("; ")).hasSize(11);
    }
}
