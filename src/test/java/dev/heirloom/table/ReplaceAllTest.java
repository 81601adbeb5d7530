package dev.heirloom.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** To replace rows of a key that has several. */
class ReplaceAllTest extends EngineTest {
    private static final Item A1 = item("a", 1);
    private static final Item A2 = item("a", 2);
    private static final Item B1 = item("b", 1);

    @Test
    void duplicateBag_rowsAreReplacedInTheirPlaces() {
        VersionedTable<String, Item> table = table(TableType.DUPLICATE_BAG, A1, A2, A1, B1);
        try (Snapshot<String, Item> before = table.snapshot()) {
            long replaced = write(
                    table, unit -> unit.replaceAll(unit.query().where(row -> row.value() == 1), row -> row.plus(8)));
            assertThat(replaced).isEqualTo(3);
            assertThat(table.lookup("a")).containsExactly(item("a", 9), A2, item("a", 9));
            assertThat(table.lookup("b")).containsExactly(item("b", 9));
            assertThat(before.lookup("a")).containsExactly(A1, A2, A1);
        }
    }

    @Test
    void duplicateBag_oneOfTwoTimesTheSameObject_isReplacedOnce() {
        VersionedTable<String, Item> table = table(TableType.DUPLICATE_BAG, A1, A1);
        long replaced = write(table, unit -> unit.replaceAll(unit.query().limit(1), row -> row.plus(1)));
        assertThat(replaced).isEqualTo(1);
        assertThat(table.lookup("a")).containsExactlyInAnyOrder(A1, A2);
    }

    @Test
    void duplicateBag_rowsOfTheUnitItself_areReplacedToo() {
        VersionedTable<String, Item> table = table(TableType.DUPLICATE_BAG, A1);
        write(table, unit -> {
            unit.insert(A2);
            return unit.replaceAll(unit.query(), row -> row.plus(1));
        });
        assertThat(table.lookup("a")).containsExactly(A2, item("a", 3));
    }

    @Test
    void duplicateBag_anotherKey_nothingIsChanged() {
        VersionedTable<String, Item> table = table(TableType.DUPLICATE_BAG, A1, A2, B1);
        assertThatThrownBy(() -> write(
                        table,
                        unit -> unit.replaceAll(unit.query(), row -> row.equals(A2) ? item("c", 2) : row.plus(1))))
                .isInstanceOf(KeyChangedException.class);
        assertThat(table.stream()).containsExactlyInAnyOrder(A1, A2, B1);
    }

    @Test
    void duplicateBag_keepsWhenItsRowsEnd() {
        VersionedTable<String, Item> table = table(TableType.DUPLICATE_BAG, A1, A2);
        write(table, unit -> {
            unit.expire("a", Expiry.afterWrite(Duration.ofSeconds(10)));
            return null;
        });
        write(table, unit -> unit.replaceAll(unit.query(), row -> row.plus(1)));
        advance(Duration.ofSeconds(11));
        assertThat(table.lookup("a")).isEmpty();
    }

    @Test
    void bag_isRefused() {
        VersionedTable<String, Item> table = table(TableType.BAG, A1, A2);
        assertThatThrownBy(() -> write(table, unit -> unit.replaceAll(unit.query(), row -> item("a", 1))))
                .isInstanceOf(WrongTypeException.class);
        assertThat(table.lookup("a")).containsExactly(A1, A2);
    }
}
