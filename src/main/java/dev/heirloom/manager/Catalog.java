package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.SharedTable;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.Schema;
import dev.heirloom.table.TableClosedException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The custodians of all tables, by the present names of the tables. Thread-safe: looking takes no lock; what changes the
 * names takes one for a moment, within which no table's lock is taken and nobody's code runs.
 */
final class Catalog implements Tables {
    private final Consumers consumers;
    private final Machinery machinery;
    private final Executor callbacks;
    private final Safe safe;

    /** Replaced under the lock of this, and never changed, so that a look sees a table that is renamed once. */
    private volatile NavigableMap<String, Custodian<?, ?>> byName = new TreeMap<>();

    /** Of tables that are gone, until the tasks of their owners have ended. */
    private final Set<Custodian<?, ?>> leaving = ConcurrentHashMap.newKeySet();

    private boolean closed;

    /** Of tables that are gone, and kept: to be flushed at the end. */
    private final Set<Custodian<?, ?>> kept = ConcurrentHashMap.newKeySet();

    /**
     * @param callbacks where the callbacks of {@code ask} run, and what may block
     * @param safe where tables are kept
     */
    Catalog(Consumers consumers, Machinery machinery, Executor callbacks, Safe safe) {
        this.consumers = consumers;
        this.machinery = machinery;
        this.callbacks = callbacks;
        this.safe = safe;
    }

    // ---- what everybody may ask of it ----

    @Override
    public <K, R> TableRef<K, R> create(TableSpec<K, R> spec) {
        Custodian<K, R> made = add(spec);
        made.open();
        return new TableRef<>(made::table);
    }

    @Override
    public <K, R> TableRef<K, R> ref(TableSpec<K, R> spec) {
        return new TableRef<>(() -> table(spec));
    }

    @Override
    public Optional<TableRef<?, ?>> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(Catalog::refTo);
    }

    private static <K, R> TableRef<K, R> refTo(Custodian<K, R> custodian) {
        return new TableRef<>(custodian::table);
    }

    @Override
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    @Override
    public TableStatus status(String name) {
        return custodian(name).status();
    }

    @Override
    public TableSpec<?, ?> spec(String name) {
        return custodian(name).spec();
    }

    @Override
    public boolean isKept(String name) {
        return safe.has(Schema.requireName(name));
    }

    @Override
    public void delete(String name) {
        custodian(name).delete();
    }

    @Override
    public void rename(String name, String newName) {
        Schema.requireName(newName);
        custodian(name).rename(newName);
    }

    // ---- for its manager ----

    /** A table that is not yet offered to anybody. */
    <K, R> Custodian<K, R> add(TableSpec<K, R> spec) {
        synchronized (this) {
            if (closed) {
                throw new TableClosedException(spec.name());
            }
            checkFree(spec.name());
            Custodian<K, R> made = new Custodian<>(spec, this, consumers, machinery, callbacks, safe);
            kept.add(made);
            change(names -> names.put(spec.name(), made));
            return made;
        }
    }

    Custodian<?, ?> custodian(String name) {
        Custodian<?, ?> found = byName.get(name);
        if (found == null) {
            throw new NoSuchTableException(name, byName.keySet());
        }
        return found;
    }

    /** @throws NoSuchTableException if there is no table of that name */
    TableHandle<?, ?> handle(String name) {
        return new TableHandle<>(custodian(name));
    }

    /** Whether there is a table of that name, with which something was done then. */
    boolean ifPresent(String name, Consumer<Custodian<?, ?>> action) {
        Custodian<?, ?> found = byName.get(name);
        if (found == null) {
            return false;
        }
        action.accept(found);
        return true;
    }

    @SuppressWarnings("unchecked") // the table was made from this very spec
    <K, R> Custodian<K, R> custodian(TableSpec<K, R> spec) {
        NavigableMap<String, Custodian<?, ?>> now = byName;
        Custodian<?, ?> named = now.get(spec.name());
        Stream<Custodian<?, ?>> candidates = Stream.concat(Stream.ofNullable(named), now.values().stream());
        return (Custodian<K, R>) candidates
                .filter(custodian -> isOf(custodian, spec))
                .findFirst()
                .orElseThrow(() -> new NoSuchTableException(spec, now.keySet()));
    }

    private <K, R> SharedTable<K, R> table(TableSpec<K, R> spec) {
        return custodian(spec).table();
    }

    /** Mostly it is the very spec; the JDK keeps the class loader of the last record of records it compared. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isOf(Custodian<?, ?> custodian, TableSpec<?, ?> spec) {
        return custodian.spec() == spec
                || (custodian.spec().name().equals(spec.name())
                        && custodian.spec().equals(spec));
    }

    Collection<Custodian<?, ?>> custodians() {
        return byName.values();
    }

    List<TableStatus> statuses() {
        return byName.values().stream().map(Custodian::status).toList();
    }

    /**
     * Looks at the clock.
     *
     * @param watching whether owners that hang are looked for this time
     */
    void tick(boolean watching) {
        byName.values().forEach(custodian -> custodian.tick(watching));
    }

    /** Ends all tables and interrupts their owners, and those of tables that are gone; there will be no others. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        byName.values().forEach(Custodian::close);
        leaving.forEach(Custodian::interruptZombies);
    }

    /** Has everything that was committed be safe, once the tables are closed. Blocks. */
    void flush() throws IOException {
        kept.forEach(Custodian::flush);
        safe.close();
    }

    /** The names of all replaced tasks that still run, also of tables that are gone. */
    List<String> zombies() {
        return Stream.concat(byName.values().stream(), leaving.stream())
                .flatMap(custodian -> custodian.zombies().stream())
                .distinct()
                .toList();
    }

    // ---- for custodians ----

    /**
     * Gives a table another name.
     *
     * @return the former name; null if that is the same
     */
    @Nullable
    String rename(Custodian<?, ?> custodian, String newName) {
        SharedTable<?, ?> table = custodian.table();
        synchronized (this) {
            String name = table.name();
            if (byName.get(name) != custodian) {
                throw new NoSuchTableException(name, byName.keySet());
            }
            if (name.equals(newName)) {
                return null;
            }
            checkFree(newName);
            table.rename(newName);
            change(names -> {
                names.remove(name);
                names.put(newName, custodian);
            });
            return name;
        }
    }

    /** Gives up the name of a table that is about to be closed. */
    void remove(Custodian<?, ?> custodian) {
        synchronized (this) {
            String name = custodian.table().name();
            if (byName.get(name) == custodian) {
                leaving.add(custodian);
                change(names -> names.remove(name));
            }
        }
    }

    /** Forgets a table of which nothing is left. */
    void forget(Custodian<?, ?> custodian) {
        leaving.remove(custodian);
    }

    /** Whether anything is left of tables that are gone. */
    boolean isLeaving() {
        return !leaving.isEmpty();
    }

    /** With the lock of this. */
    private void change(Consumer<NavigableMap<String, Custodian<?, ?>>> action) {
        NavigableMap<String, Custodian<?, ?>> names = new TreeMap<>(byName);
        action.accept(names);
        byName = names;
    }

    private void checkFree(String name) {
        if (byName.containsKey(Objects.requireNonNull(name, "name"))) {
            throw new TableExistsException(name);
        }
    }
}
