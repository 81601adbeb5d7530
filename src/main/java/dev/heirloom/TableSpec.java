package dev.heirloom;

import dev.heirloom.backup.Durability;
import dev.heirloom.backup.Evolution;
import dev.heirloom.backup.Keeping;
import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.ServingConsumer;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.supervision.RestartPolicy;
import dev.heirloom.supervision.RestartType;
import dev.heirloom.table.Access;
import dev.heirloom.table.Changes;
import dev.heirloom.table.Durations;
import dev.heirloom.table.Expiry;
import dev.heirloom.table.IndexSpec;
import dev.heirloom.table.RowCodec;
import dev.heirloom.table.Schema;
import dev.heirloom.table.TableFullException;
import dev.heirloom.table.Writes;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an application declares of a table: its rows, who owns it, and how owners are restarted. Immutable: every method
 * gives a new spec. Produce it as a CDI bean and the manager creates the table:
 *
 * <pre>{@code
 * @Produces static final TableSpec<String, Call> CALLS = TableSpec.set("calls", Call.class, Call::sid);
 * }</pre>
 *
 * @param schema name, type, access, rows and keys
 * @param consumer the home consumer, a {@code @Dependent} bean; null for the built-in one, which serves requests
 * @param heir who inherits when an owner ends
 * @param heirData what the transfer notice of an inherited table carries
 * @param restart when owners are restarted
 * @param timeout the deadline of requests that say nothing else, and of {@link TableConsumer#accept}
 * @param heartbeat how long the consumer may do something other than serve requests; null for no limit
 * @param mailbox how many requests may wait
 * @param maxZombies how many replaced owners may go on running before the table is given up
 * @param required whether the server is not ready while the table is orphaned
 * @param keeping whether and how rows outlive the process
 * @param writableOverHttp whether clients of the REST API may change rows
 */
public record TableSpec<K, R>(
        Schema<K, R> schema,
        @Nullable Class<? extends TableConsumer<K, R>> consumer,
        Heir heir,
        @Nullable Object heirData,
        RestartPolicy restart,
        Duration timeout,
        @Nullable Duration heartbeat,
        int mailbox,
        int maxZombies,
        boolean required,
        Keeping<R> keeping,
        boolean writableOverHttp) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    public static final int DEFAULT_MAILBOX = 10_000;
    public static final int DEFAULT_MAX_ZOMBIES = 3;

    public TableSpec {
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(heir, "heir");
        Objects.requireNonNull(restart, "restart");
        Objects.requireNonNull(keeping, "keeping");
        if (keeping.durability() != Durability.NONE && heir == Heir.NONE) {
            throw new IllegalArgumentException("heir: a table that outlives its process cannot die with its owner");
        }
        Durations.requirePositive(timeout, "timeout");
        if (heartbeat != null) {
            Durations.requirePositive(heartbeat, "heartbeat");
        }
        if (mailbox < 1) {
            throw new IllegalArgumentException("mailbox: " + mailbox + " is less than 1");
        }
        if (maxZombies < 0) {
            throw new IllegalArgumentException("maxZombies: " + maxZombies + " is negative");
        }
    }

    /** A set: one row a key, in no order. */
    public static <K, R> TableSpec<K, R> set(String name, Class<R> rowType, Function<? super R, ? extends K> key) {
        return of(Schema.set(name, rowType, key));
    }

    /** An ordered set, in the natural order of its keys. */
    public static <K extends Comparable<? super K>, R> TableSpec<K, R> orderedSet(
            String name, Class<R> rowType, Function<? super R, ? extends K> key) {
        return orderedSet(name, rowType, key, Comparator.<K>naturalOrder());
    }

    /** An ordered set; keys that compare as 0 are one key. */
    public static <K, R> TableSpec<K, R> orderedSet(
            String name, Class<R> rowType, Function<? super R, ? extends K> key, Comparator<? super K> order) {
        return of(Schema.orderedSet(name, rowType, key, order));
    }

    /** A bag: any number of rows a key, no two of them equal. */
    public static <K, R> TableSpec<K, R> bag(String name, Class<R> rowType, Function<? super R, ? extends K> key) {
        return of(Schema.bag(name, rowType, key));
    }

    /** A duplicate bag: any number of rows a key, equal ones too. */
    public static <K, R> TableSpec<K, R> duplicateBag(
            String name, Class<R> rowType, Function<? super R, ? extends K> key) {
        return of(Schema.duplicateBag(name, rowType, key));
    }

    private static <K, R> TableSpec<K, R> of(Schema<K, R> schema) {
        return new TableSpec<>(
                schema,
                null,
                Heir.MANAGER,
                null,
                RestartPolicy.DEFAULT,
                DEFAULT_TIMEOUT,
                null,
                DEFAULT_MAILBOX,
                DEFAULT_MAX_ZOMBIES,
                false,
                Keeping.none(),
                false);
    }

    public String name() {
        return schema.name();
    }

    /** What the home consumer is called: the simple name of its class. */
    public String consumerName() {
        return consumer == null ? ServingConsumer.NAME : consumer.getSimpleName();
    }

    public TableSpec<K, R> access(Access access) {
        return with(schema.withAccess(access));
    }

    /**
     * Says which component of the rows the key is, so that filters over HTTP which compare that field find their rows by
     * the key. The key must be that component, as it is and of its type: rows whose key is something else would not be
     * found.
     *
     * @throws IllegalArgumentException if the rows are no records, or have no such component
     */
    public TableSpec<K, R> keyField(String component) {
        return with(schema.withKeyField(component));
    }

    /**
     * Adds a second way to find rows.
     *
     * @throws IllegalArgumentException if the table has an index of that name, or the rows have no component that it is
     *     declared to be {@linkplain IndexSpec#ofField of}
     */
    public TableSpec<K, R> index(IndexSpec<?, R> index) {
        return with(schema.withIndex(index));
    }

    /** When rows end of which nothing else is said ({@link Writes#expire}); by default never. */
    public TableSpec<K, R> expiry(Expiry expiry) {
        return with(schema.withExpiry(expiry));
    }

    /**
     * How many rows there may be; by default any number. A unit of work that would make more is refused ({@link
     * TableFullException}). Rows that have expired do not count.
     */
    public TableSpec<K, R> maxRows(long most) {
        return with(schema.withLimits(schema.limits().withRows(most)));
    }

    /** How many of the latest changes are kept for those who follow them ({@link Changes}); by default none. */
    public TableSpec<K, R> changeBuffer(int changes) {
        return with(schema.withLimits(schema.limits().withChanges(changes)));
    }

    /** How many snapshots may be open and for how long; by default 64, for 30 seconds. */
    public TableSpec<K, R> snapshots(int max, Duration maxAge) {
        return with(schema.withLimits(schema.limits().withSnapshots(max, maxAge)));
    }

    /**
     * Vouches that nobody ever changes an object of these types, once a row contains it: they count as immutable
     * wherever they occur, the class of the rows itself included. What they hold by type arguments is still checked:
     * the elements of a {@code List<Line>}. Several calls add up.
     *
     * <p>A table whose rows can be seen to be mutable is refused when it is made: readers get the rows themselves, no
     * copies.
     */
    public TableSpec<K, R> immutable(Class<?>... types) {
        return with(schema.withImmutable(types));
    }

    public TableSpec<K, R> consumer(Class<? extends TableConsumer<K, R>> consumer) {
        return with(draft -> draft.consumer = consumer);
    }

    public TableSpec<K, R> heir(Heir heir, @Nullable Object data) {
        return with(draft -> {
            draft.heir = heir;
            draft.heirData = data;
        });
    }

    public TableSpec<K, R> heir(Heir heir) {
        return heir(heir, null);
    }

    public TableSpec<K, R> restart(RestartPolicy restart) {
        return with(draft -> draft.restart = restart);
    }

    public TableSpec<K, R> restart(RestartType type) {
        return restart(restart.withType(type));
    }

    public TableSpec<K, R> timeout(Duration timeout) {
        return with(draft -> draft.timeout = timeout);
    }

    /** Has the owner count as hung when it does something other than serve requests for longer than this. */
    public TableSpec<K, R> heartbeat(Duration heartbeat) {
        return with(draft -> draft.heartbeat = heartbeat);
    }

    public TableSpec<K, R> mailbox(int capacity) {
        return with(draft -> draft.mailbox = capacity);
    }

    public TableSpec<K, R> maxZombies(int maxZombies) {
        return with(draft -> draft.maxZombies = maxZombies);
    }

    /** Whether readiness fails while the table is orphaned. */
    public TableSpec<K, R> required(boolean required) {
        return with(draft -> draft.required = required);
    }

    /** What the table promises of changes that it has acknowledged; by default that they last as long as the process. */
    public TableSpec<K, R> durability(Durability durability) {
        return with(keeping.withDurability(durability));
    }

    /** How the type of the rows has changed since some were written that are kept. */
    public TableSpec<K, R> evolution(Evolution<R> evolution) {
        return with(keeping.withEvolution(evolution));
    }

    /** How rows are written that are kept; by default as the fields of records, by name. Must be thread-safe. */
    public TableSpec<K, R> codec(RowCodec<R> codec) {
        return with(keeping.withCodec(codec));
    }

    /**
     * Whether clients of the REST API that may write may change rows of this table, as the JSON of them; by default they
     * only read. Nothing but the types of the fields is checked: rows that must make sense check that in their constructor.
     */
    public TableSpec<K, R> writableOverHttp(boolean writable) {
        return with(draft -> draft.writableOverHttp = writable);
    }

    private TableSpec<K, R> with(Keeping<R> keeping) {
        return with(draft -> draft.keeping = keeping);
    }

    private TableSpec<K, R> with(Schema<K, R> schema) {
        return with(draft -> draft.schema = schema);
    }

    private TableSpec<K, R> with(Consumer<Draft<K, R>> change) {
        Draft<K, R> draft = new Draft<>(this);
        change.accept(draft);
        return draft.made();
    }

    /** A spec that is to differ from another one in something. */
    private static final class Draft<K, R> {
        private Schema<K, R> schema;
        private @Nullable Class<? extends TableConsumer<K, R>> consumer;
        private Heir heir;
        private @Nullable Object heirData;
        private RestartPolicy restart;
        private Duration timeout;
        private @Nullable Duration heartbeat;
        private int mailbox;
        private int maxZombies;
        private boolean required;
        private Keeping<R> keeping;
        private boolean writableOverHttp;

        Draft(TableSpec<K, R> from) {
            schema = from.schema;
            consumer = from.consumer;
            heir = from.heir;
            heirData = from.heirData;
            restart = from.restart;
            timeout = from.timeout;
            heartbeat = from.heartbeat;
            mailbox = from.mailbox;
            maxZombies = from.maxZombies;
            required = from.required;
            keeping = from.keeping;
            writableOverHttp = from.writableOverHttp;
        }

        TableSpec<K, R> made() {
            return new TableSpec<>(
                    schema,
                    consumer,
                    heir,
                    heirData,
                    restart,
                    timeout,
                    heartbeat,
                    mailbox,
                    maxZombies,
                    required,
                    keeping,
                    writableOverHttp);
        }
    }
}
