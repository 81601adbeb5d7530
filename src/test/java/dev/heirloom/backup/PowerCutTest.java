package dev.heirloom.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.backup.Notes.Note;
import dev.heirloom.table.OutcomeUnknownException;
import dev.heirloom.table.ReadOnlyTableException;
import dev.heirloom.table.TableType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever power cuts, kills, full and failing disks leave, in any order: what is found is what was there after some
 * commit, none too early, and the table can be loaded.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class PowerCutTest {
    private static final int RUNS = Integer.getInteger("heirloom.powercuts", 1500);
    private static final long SEED = Long.getLong("heirloom.seed", System.nanoTime());

    @ParameterizedTest
    @EnumSource(names = {"EVERY_SECOND", "ALWAYS"})
    void whateverHappens_aStateThatWas_notOlderThanPromised(Durability durability) throws IOException {
        for (int run = 0; run < RUNS; run++) {
            long seed = SEED + run;
            try {
                new Run(new SplittableRandom(seed), durability).go();
            } catch (IOException | RuntimeException | Error e) {
                throw new AssertionError("-Dheirloom.seed=" + seed + " -Dheirloom.powercuts=1", e);
            }
        }
    }

    /** How a life ends. */
    private enum End {
        POWER_CUT,
        KILLED,
        CLOSED
    }

    /** Some lives of a table, each with its misfortunes. */
    private static final class Run {
        private final SplittableRandom random;
        private final Durability durability;
        private final TableType type;
        private FaultyDisk disk = new FaultyDisk();

        /** What there was after each commit of this life, acknowledged or not. */
        private final TreeMap<Long, Map<String, List<Note>>> states = new TreeMap<>();

        /** The latest commit that a power cut must leave. */
        private long promised = 1;

        /** The latest commit that the death of the process must leave. */
        private long promisedToProcesses = 1;

        /** The latest commit that has to be found now. */
        private long expected = 1;

        Run(SplittableRandom random, Durability durability) {
            this.random = random;
            this.durability = durability;
            this.type = List.of(TableType.values()).get(random.nextInt(TableType.values().length));
        }

        void go() throws IOException {
            states.put(1L, Map.of());
            for (int life = 0; life < 5; life++) {
                Notes notes = born();
                begin(notes);
                boolean fails = random.nextInt(3) == 0;
                if (random.nextInt(3) == 0) {
                    disk.cutAfter(random.nextInt(150));
                }
                int steps = random.nextInt(120);
                for (int i = 0; i < steps && !disk.isCut(); i++) {
                    if (fails && random.nextInt(15) == 0) {
                        misfortune();
                    }
                    step(notes);
                }
                if (!fails && !disk.isCut()) {
                    assertThat(notes.kept.failure()).isNull();
                }
                end(notes);
            }
        }

        /** Loads what is there; the power may be cut meanwhile, more than once. */
        private Notes born() throws IOException {
            while (true) {
                if (random.nextInt(4) == 0) {
                    disk.cutAfter(random.nextInt(8));
                }
                try {
                    Notes notes = new Notes(disk, durability, Notes.schema(type), Notes.SEGMENT_SIZE);
                    disk.cutAfter(Long.MAX_VALUE);
                    return notes;
                } catch (FaultyDisk.PowerCut e) {
                    expected = promised;
                    disk = disk.afterPowerCut(random);
                }
            }
        }

        private void begin(Notes notes) {
            long found = notes.table.latestCommit();
            assertThat(found).isBetween(expected, states.lastKey());
            assertThat(notes.contents()).isEqualTo(states.get(found));
            assertThat(notes.table.size()).isEqualTo(rows(states.get(found)));
            states.clear();
            states.put(found, notes.contents());
            promised = found;
            promisedToProcesses = found;
        }

        private void misfortune() {
            switch (random.nextInt(5)) {
                case 0 -> disk.failing(true);
                case 1 -> disk.failingWrites(true);
                case 2 -> disk.room(disk.used());
                default -> {
                    disk.failing(false);
                    disk.failingWrites(false);
                    disk.room(Long.MAX_VALUE);
                }
            }
        }

        private void step(Notes notes) {
            long before = notes.table.latestCommit();
            boolean acknowledged = false;
            try {
                change(notes);
                acknowledged = notes.table.latestCommit() > before; // one that changes nothing promises nothing
            } catch (OutcomeUnknownException | ReadOnlyTableException e) {
                assertThat(notes.kept.failure()).isNotNull();
            } catch (FaultyDisk.PowerCut e) {
                assertThat(disk.isCut()).isTrue();
            }
            long commit = notes.table.latestCommit();
            states.put(commit, notes.contents());
            if (acknowledged) {
                promisedToProcesses = commit;
                promised = durability == Durability.ALWAYS ? commit : promised;
            }
            if (random.nextInt(20) == 0) {
                notes.everySecond();
                promise(notes, commit);
            }
            if (notes.kept.failure() != null && random.nextInt(4) == 0) {
                revive(notes, commit);
            }
        }

        private void promise(Notes notes, long commit) {
            if (notes.kept.failure() == null) {
                promised = commit;
                promisedToProcesses = commit;
            }
        }

        private void revive(Notes notes, long commit) {
            try {
                notes.kept.reopen();
                promise(notes, commit);
            } catch (IOException | ReadOnlyTableException e) {
                assertThat(notes.kept.failure()).isNotNull();
            } catch (FaultyDisk.PowerCut e) {
                assertThat(disk.isCut()).isTrue();
            }
        }

        private void end(Notes notes) throws IOException {
            End end = List.of(End.values()).get(random.nextInt(End.values().length));
            if (end == End.CLOSED) {
                long commit = notes.table.latestCommit();
                try {
                    notes.kept.close();
                    promise(notes, commit);
                } catch (IOException e) {
                    assertThat(notes.kept.failure()).isNotNull();
                } catch (FaultyDisk.PowerCut e) {
                    assertThat(disk.isCut()).isTrue();
                }
            }
            end = disk.isCut() ? End.POWER_CUT : end;
            expected = end == End.KILLED ? promisedToProcesses : promised;
            disk = end == End.KILLED ? disk.afterKill() : disk.afterPowerCut(random);
        }

        private static long rows(Map<String, List<Note>> state) {
            return state.values().stream().mapToLong(List::size).sum();
        }

        private void change(Notes notes) {
            int changes = 1 + random.nextInt(random.nextInt(20) == 0 ? 60 : 3);
            notes.commit(unit -> {
                for (int i = 0; i < changes; i++) {
                    String id = "k" + random.nextInt(12);
                    if (random.nextInt(4) == 0) {
                        unit.delete(id);
                    } else {
                        unit.insert(Note.of(id, random.nextInt(1000)));
                    }
                }
            });
        }
    }
}
