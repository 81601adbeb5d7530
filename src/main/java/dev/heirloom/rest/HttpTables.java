package dev.heirloom.rest;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Durability;
import dev.heirloom.backup.RowFormat;
import dev.heirloom.backup.UnsupportedRowException;
import dev.heirloom.documents.DocumentReader;
import dev.heirloom.documents.JsonLimits;
import dev.heirloom.documents.JsonRow;
import dev.heirloom.documents.JsonTable;
import dev.heirloom.documents.JsonTables;
import dev.heirloom.documents.Planner;
import dev.heirloom.manager.NoSuchTableException;
import dev.heirloom.manager.TableManager;
import dev.heirloom.manager.Tables;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.Access;
import dev.heirloom.table.AccessDeniedException;
import dev.heirloom.table.RowCodec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Type;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the tables that the API reads and writes, for those who may. Thread-safe. */
@ApplicationScoped
public class HttpTables {
    private final Tables tables;
    private final JsonTables jsonTables;
    private final JsonLimits limits;
    private final Function<String, Optional<Type>> keyTypes;

    /** Of commits that are numbered anew after each start. */
    private final String start = Long.toString(new SecureRandom().nextLong() >>> 1, Character.MAX_RADIX);

    /** How applications' tables are written and searched, by the names in their specs. */
    private final ConcurrentMap<String, Profile<?>> profiles = new ConcurrentHashMap<>();

    private record Profile<R>(TableSpec<?, R> spec, RowCodec<R> codec, Planner planner) {}

    /** For the container's proxy. */
    @SuppressWarnings("NullAway") // it passes everything on to another one
    HttpTables() {
        this.tables = null;
        this.jsonTables = null;
        this.limits = null;
        this.keyTypes = null;
    }

    @Inject
    HttpTables(TableManager tables, JsonTables jsonTables, JsonLimits limits) {
        this(tables, jsonTables, limits, tables::keyType);
    }

    /** @param keyTypes the type of the keys of a table, where it is known */
    HttpTables(Tables tables, JsonTables jsonTables, JsonLimits limits, Function<String, Optional<Type>> keyTypes) {
        this.tables = tables;
        this.jsonTables = jsonTables;
        this.limits = limits;
        this.keyTypes = keyTypes;
    }

    JsonLimits limits() {
        return limits;
    }

    /**
     * The table of that name, to be read.
     *
     * @throws ProblemException if there is none, or it cannot be read like this
     */
    HttpTable<?, ?> readable(String name, SecurityContext who) {
        Optional<JsonTable> made = jsonTables.find(name);
        if (made.isPresent()) {
            Permissions.check(who, made.get().definition().readers(), name, "read");
            return json(made.get());
        }
        return typed(name, spec(name));
    }

    /**
     * The table of that name, to be written.
     *
     * @throws ProblemException if there is none, or it cannot be written like this
     */
    HttpTable<?, ?> writable(String name, SecurityContext who) {
        Optional<JsonTable> made = jsonTables.find(name);
        if (made.isPresent()) {
            Permissions.check(who, made.get().definition().writers(), name, "write");
            return json(made.get());
        }
        TableSpec<?, ?> spec = spec(name);
        if (!spec.writableOverHttp()) {
            throw new ProblemException(Problem.of(403, "not-writable", "The rows of this table cannot be changed here")
                    .withDetail("table " + name + " is the application's own, and not declared writableOverHttp"));
        }
        return typed(name, spec);
    }

    private TableSpec<?, ?> spec(String name) {
        try {
            return tables.spec(name);
        } catch (NoSuchTableException e) {
            jsonTables.requireRestored(); // it may come yet
            throw new ProblemException(noSuchTable(name));
        }
    }

    static Problem noSuchTable(String name) {
        return Problem.of(404, "no-such-table", "There is no such table")
                .withDetail("there is no table called " + name);
    }

    private HttpTable<Object, JsonRow> json(JsonTable table) {
        requireNotPrivate(table.name(), table.definition().access());
        boolean kept = table.definition().durability() != Durability.NONE;
        return new HttpTable<>(
                table.name(),
                jsonTables.ref(table),
                table.schema(),
                new JsonTableJson(table.rows()),
                "-" + table.id() + (kept ? "" : start),
                table.planner());
    }

    private <K, R> HttpTable<K, R> typed(String name, TableSpec<K, R> spec) {
        requireNotPrivate(name, spec.schema().access());
        TableRef<K, R> ref = tables.ref(spec);
        Profile<R> profile = profile(name, spec);
        TypedKeys<K> keys = TypedKeys.of(keyType(name, spec, ref), name);
        return new HttpTable<>(
                name,
                ref,
                spec.schema(),
                new TypedTableJson<>(
                        spec.schema(),
                        keys,
                        profile.codec(),
                        new DocumentReader(limits.rows()),
                        DocumentReader.unlimited()),
                spec.keeping().durability() == Durability.NONE ? "-" + start : "",
                profile.planner());
    }

    private static void requireNotPrivate(String name, Access access) {
        if (access == Access.PRIVATE) {
            throw new AccessDeniedException(name, access, "read or write");
        }
    }

    /** As declared, or else that of a key that is there. */
    private <K, R> @Nullable Type keyType(String name, TableSpec<K, R> spec, TableRef<K, R> ref) {
        return keyTypes.apply(name)
                .orElseGet(() -> ref.query()
                        .first()
                        .<Type>map(row -> {
                            Object key = spec.schema().key().apply(row);
                            return key instanceof Enum<?> constant ? constant.getDeclaringClass() : key.getClass();
                        })
                        .orElse(null));
    }

    @SuppressWarnings({"unchecked", "ReferenceEquality"}) // what is found is of the very spec
    private <R> Profile<R> profile(String name, TableSpec<?, R> spec) {
        Profile<?> found = profiles.get(spec.name());
        if (found != null && found.spec() == spec) {
            return (Profile<R>) found;
        }
        try {
            RowCodec<R> codec = RowFormat.of(
                            name, spec.schema().rowType(), spec.keeping().evolution())
                    .json();
            Profile<R> made = new Profile<>(spec, codec, Planner.of(spec.schema()));
            profiles.put(spec.name(), made);
            return made;
        } catch (UnsupportedRowException | IllegalArgumentException e) {
            throw new ProblemException(TypedTableJson.unsupported(name, String.valueOf(e.getMessage())));
        }
    }
}
