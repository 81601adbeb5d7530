package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.RowFormat;
import dev.heirloom.backup.Salvaged;
import dev.heirloom.backup.UnsupportedRowException;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.RowCodec;
import dev.heirloom.table.Schema;
import dev.heirloom.table.Snapshot;
import java.io.IOException;

/**
 * A table for those who work with any: its rows, how they are declared, and the files it is kept in. Thread-safe.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public final class TableHandle<K, R> {
    private final Custodian<K, R> custodian;

    TableHandle(Custodian<K, R> custodian) {
        this.custodian = custodian;
    }

    /**
     * The rows that could be had of damaged files.
     *
     * @param rows to be closed
     * @param outcome what was left out
     */
    public record SalvagedRows<K, R>(Snapshot<K, R> rows, Salvaged outcome) implements AutoCloseable {
        @Override
        public void close() {
            rows.close();
        }
    }

    public TableSpec<K, R> spec() {
        return custodian.spec();
    }

    public Schema<K, R> schema() {
        return spec().schema();
    }

    public TableRef<K, R> ref() {
        return new TableRef<>(custodian::table);
    }

    public TableStatus status() {
        return custodian.status();
    }

    /**
     * How its rows are written as text.
     *
     * @throws UnsupportedRowException if they cannot be
     */
    public RowCodec<R> codec() {
        RowFormat<R> format = spec().keeping().format(schema());
        return format.json();
    }

    /**
     * Reads what can be read of the files of a table that could not be loaded, and changes nothing of them or of the
     * table. Takes as much memory as the table would. Blocks until that is done.
     *
     * @throws IllegalStateException if the table is not {@linkplain TableStatus#isUnloaded unloaded}
     * @throws IOException if the files cannot be had
     */
    public SalvagedRows<K, R> salvage() throws IOException {
        return custodian.salvage();
    }

    /**
     * Has a table that could not be loaded begin anew, empty: its files stay, in a directory beside the one they were in.
     * Does not block; the {@link #status} says what comes of it.
     *
     * @return false if the table is not {@linkplain TableStatus#isUnloaded unloaded}; then nothing is done
     */
    public boolean setAside() {
        return custodian.setAside();
    }
}
