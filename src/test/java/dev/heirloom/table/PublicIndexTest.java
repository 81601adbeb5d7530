package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The indexes of a public table stay right, whoever writes at the same time. */
class PublicIndexTest extends EngineTest {
    private static final IndexSpec<Integer, Item> PLAIN = IndexSpec.index("plain", row -> row.value() % 7);
    private static final IndexSpec<Integer, Item> UNIQUE = IndexSpec.<Integer, Item>uniqueIndex(
                    "unique", row -> row.value() < 0 ? null : row.value())
            .ordered(Comparator.naturalOrder());

    private VersionedTable<String, Item> open(TableType type) {
        return table(schema(type).withAccess(Access.PUBLIC).withIndex(PLAIN).withIndex(UNIQUE));
    }

    private static <T> T anybody(VersionedTable<String, Item> table, Work<String, Item, T> work) {
        return as(VersionedTable.ANYBODY, table, work, new Commitment<>(), null);
    }

    /** Without an index the last of two blind inserts wins; with one it has to know what it replaces. */
    @ParameterizedTest
    @EnumSource
    void blindInsert_overtakenByAnother_runsAgain(TableType type) {
        VersionedTable<String, Item> table = open(type);
        AtomicInteger attempts = new AtomicInteger();
        anybody(table, unit -> {
            if (attempts.incrementAndGet() == 1) {
                Item inserted = unit.insert(item("a", 1));
                anybody(table, other -> other.insert(item("a", 2)));
                return inserted;
            }
            return unit.insert(item("a", 1));
        });
        assertThat(attempts).hasValue(2);
        assertThat(table.lookup(PLAIN, 1)).containsExactly(item("a", 1));
        assertThat(table.lookup(PLAIN, 2)).hasSize(type.isBag() ? 1 : 0);
    }

    @Test
    void readByIndex_anyCommitSince_runsAgain() {
        List<Consumer<UnitOfWork<String, Item>>> reads = List.of(
                unit -> unit.lookup(PLAIN, 1),
                unit -> unit.find(UNIQUE, 1),
                unit -> unit.query().by(UNIQUE, 1, 5).count(),
                unit -> unit.query().by(PLAIN, 1).page(),
                unit -> unit.query().from("b").below("c").count(),
                unit -> unit.query().limit(1).page());
        for (Consumer<UnitOfWork<String, Item>> read : reads) {
            VersionedTable<String, Item> table = open(TableType.ORDERED_SET);
            AtomicInteger attempts = new AtomicInteger();
            anybody(table, unit -> {
                read.accept(unit);
                if (attempts.incrementAndGet() == 1) {
                    anybody(table, other -> other.insert(item("b", 1)));
                }
                return unit.insert(item("z", 30));
            });
            assertThat(attempts).hasValue(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void unique_takenMeanwhile_refused(TableType type) {
        VersionedTable<String, Item> table = open(type);
        assertThatThrownBy(() -> anybody(table, unit -> {
                    Item inserted = unit.insert(item("a", 1));
                    anybody(table, other -> other.insertNew(item("b", 1)));
                    return inserted;
                }))
                .isInstanceOf(NotUniqueException.class);
        assertThat(table.stream()).containsExactly(item("b", 1));
    }

    @ParameterizedTest
    @EnumSource
    void blindWritesByThreads_indexesStayRight(TableType type) throws Exception {
        VersionedTable<String, Item> table = open(type);
        List<FutureTask<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            long writer = i == 0 ? EPOCH : VersionedTable.ANYBODY;
            Random random = new Random(i);
            FutureTask<Integer> task = new FutureTask<>(() -> {
                int applied = 0;
                for (int n = 0; n < 2000; n++) {
                    applied += write(table, writer, random) ? 1 : 0;
                }
                return applied;
            });
            tasks.add(task);
            new Thread(task, "writer-" + i).start();
        }
        for (FutureTask<Integer> task : tasks) {
            assertThat(task.get()).isPositive();
        }
        TableInvariants.assertInvariants(table);
        assertThat(table.stream().filter(row -> row.value() >= 0).map(Item::value))
                .doesNotHaveDuplicates();
    }

    /** Whether it was applied: the key of the unique index may be taken, or others may be in the way. */
    private static boolean write(VersionedTable<String, Item> table, long writer, Random random) {
        String key = "k" + random.nextInt(6);
        int value = random.nextInt(12) - 4;
        int kind = random.nextInt(4);
        try {
            return as(
                    writer,
                    table,
                    unit -> {
                        if (kind == 0) {
                            return unit.delete(key);
                        }
                        unit.insert(item(key, value));
                        return kind != 1 || unit.insertNew(item("n" + key, -value - 20));
                    },
                    new Commitment<>(),
                    null);
        } catch (NotUniqueException | ConflictException e) {
            return false;
        }
    }
}
