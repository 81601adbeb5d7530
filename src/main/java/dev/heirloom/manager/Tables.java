package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.TableRef;
import java.util.List;
import java.util.Optional;

/**
 * The tables that there are: what an application does with them besides reading and writing. {@code @Inject Tables} gives
 * those of the application; {@link TestTables} those of a unit test.
 *
 * <p>Thread-safe, nothing blocks. Tables may be made, deleted and renamed by anybody who has this, and by their owners
 * ({@link dev.heirloom.ownership.OwnedTable}), but by nobody else, whatever their access: a difference from ETS.
 */
public interface Tables {
    /**
     * Makes a table and offers it to its consumer ({@code ets:new}), as if its spec had been deployed. A consumer that
     * is not deployed leaves the table without an owner, and requests fail saying so.
     *
     * <p>It is found by its spec and its name, not by injection: injection points are satisfied by what was deployed.
     *
     * @throws TableExistsException if there is a table of that name
     */
    <K, R> TableRef<K, R> create(TableSpec<K, R> spec);

    /**
     * A reference to the table that was made from a spec, whatever it is called by now. The table is looked for when the
     * reference is first used, which throws {@link NoSuchTableException} if there is none.
     */
    <K, R> TableRef<K, R> ref(TableSpec<K, R> spec);

    /** A reference to the table of that name ({@code ets:whereis}); empty if there is none. */
    Optional<TableRef<?, ?>> find(String name);

    /** The names of all tables ({@code ets:all}), in order. */
    List<String> names();

    /**
     * What can be said of a table at the moment ({@code ets:info}).
     *
     * @throws NoSuchTableException if there is no table of that name
     */
    TableStatus status(String name);

    /**
     * The spec that a table was made from; it keeps the name it had then.
     *
     * @throws NoSuchTableException if there is no table of that name
     */
    TableSpec<?, ?> spec(String name);

    /**
     * Whether something is kept on disk of a durable table that was made with that name, in this start or an earlier one.
     * May block.
     */
    boolean isKept(String name);

    /**
     * Ends a table ({@code ets:delete}): it and its name are gone at once, requests that wait fail, its owner is fenced
     * and its task cancelled.
     *
     * @throws NoSuchTableException if there is no table of that name
     */
    void delete(String name);

    /**
     * Gives a table another name ({@code ets:rename}). References to it stay valid, and so does its spec, which keeps
     * the old name.
     *
     * @throws NoSuchTableException if there is no table of that name
     * @throws TableExistsException if another table has the new name
     * @throws IllegalArgumentException if no table can be called that; an EJB client gets it as the cause of an {@link
     *     jakarta.ejb.EJBException}
     */
    void rename(String name, String newName);
}
