package dev.heirloom.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a table: its name, type and access, the class of its rows, how to find the key in one, and its bounds.
 *
 * @param name what the table is called in logs, errors and URLs
 * @param type how rows are found
 * @param access who may read and write besides the owner
 * @param rowType the class of the rows
 * @param key finds the key in a row; runs outside of the table's lock
 * @param keyField the component of the rows, which are records, that the key is; null if it is something else or not said
 * @param order the order of the keys, for an ordered set only; trusted: it runs under the table's lock
 * @param indexes other ways to find rows
 * @param expiry when rows end of which nothing else is said
 * @param limits how much of everything there may be
 * @param immutable types that the user vouches for: they count as immutable wherever a row contains them
 */
public record Schema<K, R>(
        String name,
        TableType type,
        Access access,
        Class<R> rowType,
        Function<? super R, ? extends K> key,
        @Nullable String keyField,
        @Nullable Comparator<? super K> order,
        List<IndexSpec<?, R>> indexes,
        Expiry expiry,
        Limits limits,
        Set<Class<?>> immutable) {
    public Schema {
        requireName(name);
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(rowType, "rowType");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(expiry, "expiry");
        Objects.requireNonNull(limits, "limits");
        indexes = List.copyOf(indexes);
        immutable = Set.copyOf(immutable);
        if ((type == TableType.ORDERED_SET) != (order != null)) {
            throw new IllegalArgumentException("order: an ordered set has one, others have none");
        }
        if (indexes.stream().map(IndexSpec::name).distinct().count() < indexes.size()) {
            throw new IllegalArgumentException("indexes: two have the same name");
        }
        requireField(rowType, keyField, "keyField");
        indexes.forEach(index -> requireField(rowType, index.field(), "index " + index.name()));
    }

    private static void requireField(Class<?> rowType, @Nullable String field, String what) {
        if (field == null) {
            return;
        }
        if (!rowType.isRecord()) {
            throw new IllegalArgumentException(
                    what + ": " + rowType.getName() + " is no record, so it has no component called " + field);
        }
        if (Arrays.stream(rowType.getRecordComponents())
                .noneMatch(component -> component.getName().equals(field))) {
            throw new IllegalArgumentException(what + ": " + rowType.getName() + " has no component called " + field);
        }
    }

    /** A protected set. */
    public static <K, R> Schema<K, R> set(String name, Class<R> rowType, Function<? super R, ? extends K> key) {
        return of(name, TableType.SET, rowType, key, null);
    }

    /** A protected ordered set. */
    public static <K, R> Schema<K, R> orderedSet(
            String name, Class<R> rowType, Function<? super R, ? extends K> key, Comparator<? super K> order) {
        return of(name, TableType.ORDERED_SET, rowType, key, order);
    }

    /** A protected bag. */
    public static <K, R> Schema<K, R> bag(String name, Class<R> rowType, Function<? super R, ? extends K> key) {
        return of(name, TableType.BAG, rowType, key, null);
    }

    /** A protected duplicate bag. */
    public static <K, R> Schema<K, R> duplicateBag(
            String name, Class<R> rowType, Function<? super R, ? extends K> key) {
        return of(name, TableType.DUPLICATE_BAG, rowType, key, null);
    }

    private static <K, R> Schema<K, R> of(
            String name,
            TableType type,
            Class<R> rowType,
            Function<? super R, ? extends K> key,
            @Nullable Comparator<? super K> order) {
        return new Schema<>(
                name,
                type,
                Access.PROTECTED,
                rowType,
                key,
                null,
                order,
                List.of(),
                Expiry.never(),
                Limits.DEFAULT,
                Set.of());
    }

    public Schema<K, R> withAccess(Access access) {
        return new Schema<>(name, type, access, rowType, key, keyField, order, indexes, expiry, limits, immutable);
    }

    /** With the name of the component that the key is. */
    public Schema<K, R> withKeyField(String component) {
        return new Schema<>(name, type, access, rowType, key, component, order, indexes, expiry, limits, immutable);
    }

    /** With one index more. */
    public Schema<K, R> withIndex(IndexSpec<?, R> index) {
        List<IndexSpec<?, R>> more = new ArrayList<>(indexes);
        more.add(index);
        return new Schema<>(name, type, access, rowType, key, keyField, order, more, expiry, limits, immutable);
    }

    /** The same without other ways to find rows. */
    public Schema<K, R> withoutIndexes() {
        return new Schema<>(name, type, access, rowType, key, keyField, order, List.of(), expiry, limits, immutable);
    }

    public Schema<K, R> withExpiry(Expiry expiry) {
        return new Schema<>(name, type, access, rowType, key, keyField, order, indexes, expiry, limits, immutable);
    }

    public Schema<K, R> withLimits(Limits limits) {
        return new Schema<>(name, type, access, rowType, key, keyField, order, indexes, expiry, limits, immutable);
    }

    /** Vouches for more types. */
    public Schema<K, R> withImmutable(Class<?>... types) {
        Set<Class<?>> all = new HashSet<>(immutable);
        all.addAll(List.of(types));
        return new Schema<>(name, type, access, rowType, key, keyField, order, indexes, expiry, limits, all);
    }

    /**
     * A name as tables may have it.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static String requireName(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException(
                    "name: \"" + name + "\" must be 1 to 100 letters, digits, '.', '_' or '-', and start with no sign");
        }
        return name;
    }

    /**
     * Refuses rows that can be seen to be mutable.
     *
     * @throws MutableRowException naming what is
     */
    public void requireImmutableRows() {
        ImmutableTypes.check(name, rowType, immutable);
    }

    /** The key of a row, checked: neither row nor key may be null, nor the row of another class. */
    K keyOf(R row) {
        if (!rowType.isInstance(row)) { // null included
            throw new InvalidRowException(name, "it is not a " + rowType.getName() + ": " + row);
        }
        K found = key.apply(row);
        if (found == null) {
            throw new InvalidRowException(name, "its key is null: " + row);
        }
        return found;
    }

    /** Whether two keys are one key to this type of table. */
    boolean sameKey(K a, K b) {
        return order == null ? a.equals(b) : order.compare(a, b) == 0;
    }

    /**
     * The key of a row that takes the place of another.
     *
     * @throws KeyChangedException if it is not the key of that
     */
    K requireSameKey(K key, R row) {
        K its = keyOf(row);
        if (!sameKey(key, its)) {
            throw new KeyChangedException(name, key, its);
        }
        return its;
    }

    /** The order of the keys, or an error that names what needs one. */
    Comparator<? super K> requireOrder(String operation) {
        if (order == null) {
            throw new WrongTypeException(name, type, operation);
        }
        return order;
    }

    /** Refuses what makes no sense where a key may have several rows. */
    void requireOneRowAKey(String operation) {
        if (type.isBag()) {
            throw new WrongTypeException(name, type, operation);
        }
    }

    void requireIndex(IndexSpec<?, R> index) {
        if (!indexes.contains(index)) {
            throw new NoSuchIndexException(name, index.name());
        }
    }

    void requireUnique(IndexSpec<?, R> index) {
        requireIndex(index);
        if (!index.unique()) {
            throw new WrongTypeException(name, type, "find by " + index.name() + ", which is not unique: use lookup");
        }
    }
}
