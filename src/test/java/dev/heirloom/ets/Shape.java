package dev.heirloom.ets;

import dev.heirloom.ets.Term.Tuple;
import dev.heirloom.table.Access;
import dev.heirloom.table.Schema;
import dev.heirloom.table.TableType;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code new} says of a table.
 *
 * @param keypos where the key is in a row, counted from 1
 */
record Shape(TableType type, Access access, int keypos) {
    static Shape read(String type, String access, String keypos) {
        return new Shape(
                TableType.valueOf(type.toUpperCase(Locale.ROOT)),
                Access.valueOf(access.toUpperCase(Locale.ROOT)),
                Integer.parseInt(keypos));
    }

    Schema<Term, Tuple> schema(String name) {
        Schema<Term, Tuple> schema = switch (type) {
            case SET -> Schema.set(name, Tuple.class, this::key);
            case ORDERED_SET -> Schema.orderedSet(name, Tuple.class, this::key, Term.ORDER);
            case BAG -> Schema.bag(name, Tuple.class, this::key);
            case DUPLICATE_BAG -> Schema.duplicateBag(name, Tuple.class, this::key);
        };
        return schema.withAccess(access).withImmutable(Tuple.class);
    }

    /** The key of a row; null if the row is too short to have one. */
    @Nullable
    Term key(Tuple row) {
        return row.has(keypos) ? row.at(keypos) : null;
    }

    boolean isOrdered() {
        return type == TableType.ORDERED_SET;
    }

    boolean isBag() {
        return type.isBag();
    }

    /** Rows, or what was made of them: as they come out of an ordered set, and else in the order of their bytes. */
    String print(Stream<? extends Term> rows) {
        Stream<String> printed = rows.map(Term::toString);
        return (isOrdered() ? printed : printed.sorted()).collect(Collectors.joining(",", "[", "]"));
    }

    /** Where a traversal has come to: a key of an ordered set; elsewhere only that there is one. */
    String print(@Nullable Tuple row, String end) {
        return row == null ? end : isOrdered() ? String.valueOf(key(row)) : "~";
    }
}
