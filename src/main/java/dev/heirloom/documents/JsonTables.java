package dev.heirloom.documents;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Durability;
import dev.heirloom.manager.ManagerStarted;
import dev.heirloom.manager.NoSuchTableException;
import dev.heirloom.manager.TableEvent;
import dev.heirloom.manager.TableExistsException;
import dev.heirloom.manager.Tables;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.Access;
import dev.heirloom.table.HeirloomException;
import dev.heirloom.table.Schema;
import dev.heirloom.table.TableNotLoadedException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The tables of JSON objects that were made at run time. Their definitions are rows of a durable table of Heirloom's own,
 * made for the first of them: after a restart they are there again, durable ones with their rows.
 *
 * <p>Thread-safe. What looks at tables does not block; what makes or changes one waits for the definition to be on disk.
 */
@ApplicationScoped
public class JsonTables {
    /** Names of tables of Heirloom's own begin like this; nobody else can make or delete such. */
    public static final String SYSTEM_PREFIX = "heirloom.";

    static final TableSpec<String, StoredTable> DEFINITIONS = TableSpec.set(
                    SYSTEM_PREFIX + "tables", StoredTable.class, StoredTable::name)
            .access(Access.PRIVATE)
            .immutable(List.class)
            .durability(Durability.ALWAYS);

    /** What a data directory has besides tables. */
    private static final Set<String> FILES = Set.of("lock", "start", "start.new");

    private static final System.Logger LOG = System.getLogger(JsonTables.class.getName());
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(1);

    private final Tables tables;
    private final JsonLimits limits;
    private final SecureRandom ids = new SecureRandom();
    private final ConcurrentMap<String, JsonTable> byName = new ConcurrentHashMap<>();

    /** Held by whoever makes, changes or deletes a table. */
    private final ReentrantLock changing = new ReentrantLock();

    /** The definitions; null while there never was one. */
    private volatile @Nullable TableRef<String, StoredTable> definitions;

    /** Why the definitions that are kept are not known; null if they are, or there are none. */
    private volatile @Nullable String missing;

    /** For the container's proxy. */
    @SuppressWarnings("NullAway") // it passes everything on to another one
    JsonTables() {
        this.tables = null;
        this.limits = null;
    }

    @Inject
    JsonTables(Tables tables, JsonLimits limits) {
        this.tables = tables;
        this.limits = limits;
    }

    // ---- after a start ----

    /** In an application nobody knows which tables there are before {@link #start(ManagerStarted)}. */
    @PostConstruct
    void awaitStart() {
        missing = "the table manager is about to start";
    }

    void start(@ObservesAsync ManagerStarted event) {
        start();
    }

    /** Has tables be there again that were made before the last restart. Does not wait for it. */
    void start() {
        if (!tables.isKept(DEFINITIONS.name())) {
            missing = null;
            return;
        }
        missing = "the definitions of JSON tables are being loaded";
        TableRef<String, StoredTable> made = tables.create(DEFINITIONS);
        definitions = made;
        restore(made);
    }

    /** Tries once more when somebody has seen to the definitions. */
    void handedOver(@ObservesAsync TableEvent.HandedOver event) {
        TableRef<String, StoredTable> made = definitions;
        if (made != null && missing != null && event.table().equals(DEFINITIONS.name())) {
            restore(made);
        }
    }

    private void restore(TableRef<String, StoredTable> made) {
        made.ask(unit -> unit.stream().toList(), AS_LONG_AS_IT_TAKES).whenComplete((found, failure) -> {
            if (failure == null) {
                found.forEach(this::reopen);
                missing = null;
            } else {
                missing = "the definitions of JSON tables cannot be read: " + failure.getMessage();
                LOG.log(Level.WARNING, missing);
            }
        });
    }

    private void reopen(StoredTable stored) {
        JsonTable table = new JsonTable(stored, limits);
        if (byName.putIfAbsent(stored.name(), table) != null) {
            return;
        }
        try {
            tables.create(table.spec());
        } catch (TableExistsException e) {
            byName.remove(stored.name(), table);
            LOG.log(
                    Level.WARNING,
                    "The JSON table {0} is not there: the application has a table of that name",
                    stored.name());
        }
    }

    // ---- looking ----

    /** The JSON table of that name; empty if there is none. */
    public Optional<JsonTable> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** A reference to the rows of a table. */
    public TableRef<Object, JsonRow> ref(JsonTable table) {
        return tables.ref(table.spec());
    }

    public static boolean isSystem(String name) {
        return name.startsWith(SYSTEM_PREFIX);
    }

    /**
     * Says that nobody knows yet which tables there are.
     *
     * @throws TableNotLoadedException if the definitions are not loaded
     */
    public void requireRestored() {
        String why = missing;
        if (why != null) {
            throw new TableNotLoadedException(DEFINITIONS.name(), why);
        }
    }

    // ---- changing ----

    /** What became of a table that was asked for. */
    public enum Put {
        MADE,
        THERE_ALREADY,
        ANOTHER_IS_THERE
    }

    /**
     * Makes a table. When this returns, it will be there after a restart, too.
     *
     * @param json the definition
     * @throws DocumentException if the definition or the name is not as it must be
     * @throws HeirloomException if the definitions cannot be read or written
     */
    public Put put(String name, String json) {
        requireName(name);
        Definition definition = read(json);
        requirePossible(name, definition);
        changing.lock();
        try {
            requireRestored();
            JsonTable there = byName.get(name);
            if (there != null) {
                return there.definition().equals(definition) ? Put.THERE_ALREADY : Put.ANOTHER_IS_THERE;
            }
            if (tables.names().contains(name)) {
                return Put.ANOTHER_IS_THERE;
            }
            if (byName.size() >= limits.tables()) {
                throw DocumentException.limit("too many JSON tables", limits.tables(), JsonLimits.TABLES);
            }
            return make(new JsonTable(new StoredTable(name, newId(), definition), limits));
        } finally {
            changing.unlock();
        }
    }

    private Put make(JsonTable table) {
        TableRef<String, StoredTable> kept = definitions();
        kept.call(unit -> unit.insert(table.stored())); // first: nobody shall write what is gone after a restart
        try {
            TableRef<Object, JsonRow> rows = tables.create(table.spec());
            byName.put(table.name(), table);
            if (table.definition().durability() != Durability.NONE) {
                rows.call(
                        unit -> { // what a deletion may have left that was cut short by a crash
                            unit.clear();
                            return true;
                        });
            }
            return Put.MADE;
        } catch (TableExistsException e) { // the application was faster
            kept.call(unit -> unit.delete(table.name()));
            return Put.ANOTHER_IS_THERE;
        }
    }

    private TableRef<String, StoredTable> definitions() {
        TableRef<String, StoredTable> made = definitions;
        if (made == null) {
            made = tables.create(DEFINITIONS);
            definitions = made;
        }
        return made;
    }

    /**
     * Changes who may read and write a table. Everything else is fixed when a table is made.
     *
     * @param patch a merge patch of the definition
     * @return empty if there is no such table
     * @throws DocumentException if the patch is not as it must be, or changes what is fixed
     * @throws HeirloomException if the definitions cannot be read or written
     */
    public Optional<JsonTable> patch(String name, String patch) {
        DocumentReader reader = new DocumentReader(limits.rows());
        MergePatch change = MergePatch.of(patch, reader);
        changing.lock();
        try {
            requireRestored();
            JsonTable before = byName.get(name);
            if (before == null) {
                return Optional.empty();
            }
            Document old = DefinitionWriter.write(before.definition());
            Definition asked = DefinitionReader.read(change.apply(old, reader), limits);
            Definition changed = before.definition().with(asked.readers(), asked.writers());
            if (!changed.equals(asked)) {
                throw DocumentException.invalid("only readers and writers can be changed, but not "
                        + different(old, DefinitionWriter.write(asked)));
            }
            JsonTable after = before.with(before.stored().with(changed));
            definitions().call(unit -> unit.insert(after.stored()));
            byName.put(name, after);
            return Optional.of(after);
        } finally {
            changing.unlock();
        }
    }

    private static List<String> different(Document old, Document asked) {
        return IntStream.range(0, old.size())
                .mapToObj(old::name)
                .filter(member -> !member.equals("readers") && !member.equals("writers"))
                .filter(member -> !Objects.equals(old.get(member), asked.get(member)))
                .toList();
    }

    /**
     * Deletes a table and its rows, and what is kept of them.
     *
     * @return whether there was such a JSON table
     * @throws HeirloomException if the definitions cannot be read or written
     */
    public boolean delete(String name) {
        changing.lock();
        try {
            requireRestored();
            JsonTable there = byName.get(name);
            if (there == null) {
                return false;
            }
            try {
                tables.delete(name);
            } catch (NoSuchTableException e) {
                LOG.log(Level.DEBUG, "The table {0} was gone already", name); // the last time only this succeeded
            }
            definitions().call(unit -> unit.delete(name));
            byName.remove(name, there);
            return true;
        } finally {
            changing.unlock();
        }
    }

    private Definition read(String json) {
        return DefinitionReader.read(new DocumentReader(limits.rows()).read(json), limits);
    }

    private static void requireName(String name) {
        try {
            Schema.requireName(name);
        } catch (IllegalArgumentException e) {
            throw DocumentException.invalid(String.valueOf(e.getMessage()));
        }
        if (isSystem(name)) {
            throw DocumentException.invalid("names that begin with " + SYSTEM_PREFIX + " are reserved");
        }
    }

    private static void requirePossible(String name, Definition definition) {
        if (definition.durability() != Durability.NONE && FILES.contains(name)) {
            throw DocumentException.invalid("a durable table cannot be called " + FILES);
        }
    }

    private String newId() {
        return Long.toString(ids.nextLong() >>> 1, Character.MAX_RADIX);
    }

    /** For tests. */
    Map<String, JsonTable> all() {
        return Map.copyOf(byName);
    }
}
