package dev.heirloom.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.backup.Notes.Note;
import dev.heirloom.table.TableType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a power cut leaves on the disk: what is found is what was there after some commit, none too early. */
class PowerCutTest {
    private static final int RUNS = Integer.getInteger("heirloom.powercuts", 1500);
    private static final long SEED = Long.getLong("heirloom.seed", System.nanoTime());

    @ParameterizedTest
    @EnumSource(names = {"EVERY_SECOND", "ALWAYS"})
    void powerCut_leavesAStateThatWas_notOlderThanPromised(Durability durability) throws IOException {
        for (int run = 0; run < RUNS; run++) {
            long seed = SEED + run;
            try {
                new Run(new SplittableRandom(seed), durability).go();
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError("-Dheirloom.seed=" + seed + " -Dheirloom.powercuts=1", e);
            }
        }
    }

    /** Some lives of a table, each ended by a power cut. */
    private static final class Run {
        private final SplittableRandom random;
        private final Durability durability;
        private final TableType type;
        private FaultyDisk disk = new FaultyDisk();

        Run(SplittableRandom random, Durability durability) {
            this.random = random;
            this.durability = durability;
            this.type = List.of(TableType.values()).get(random.nextInt(TableType.values().length));
        }

        void go() throws IOException {
            TreeMap<Long, Map<String, List<Note>>> states = new TreeMap<>();
            long promised = 1;
            for (int life = 0; life < 4; life++) {
                Notes notes = new Notes(disk, durability, Notes.schema(type), Notes.SEGMENT_SIZE);
                long found = notes.table.latestCommit();
                if (life > 0) {
                    assertThat(found).isBetween(promised, states.lastKey());
                    assertThat(notes.contents()).isEqualTo(states.get(found));
                    assertThat(notes.table.size()).isEqualTo(rows(states.get(found)));
                }
                states.clear();
                states.put(found, notes.contents());
                promised = found;
                int steps = random.nextInt(120);
                for (int i = 0; i < steps; i++) {
                    step(notes);
                    long commit = notes.table.latestCommit();
                    states.put(commit, notes.contents());
                    if (durability == Durability.ALWAYS) {
                        promised = commit;
                    } else if (random.nextInt(20) == 0) {
                        notes.everySecond();
                        promised = commit;
                    }
                }
                assertThat(notes.kept.failure()).isNull();
                disk = disk.afterPowerCut(random);
            }
        }

        private static long rows(Map<String, List<Note>> state) {
            return state.values().stream().mapToLong(List::size).sum();
        }

        private void step(Notes notes) {
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
