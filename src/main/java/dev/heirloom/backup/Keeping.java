package dev.heirloom.backup;

import dev.heirloom.table.RowCodec;
import dev.heirloom.table.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how the rows of a table outlive the process. Immutable.
 *
 * @param durability what is promised of changes that were acknowledged
 * @param evolution how the type of the rows has changed since some were written
 * @param codec how rows are written; null for the fields of records, by name
 */
public record Keeping<R>(
        Durability durability,
        Evolution<R> evolution,
        @Nullable RowCodec<R> codec) {
    public Keeping {
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(evolution, "evolution");
    }

    /** Rows end with the process. */
    public static <R> Keeping<R> none() {
        return new Keeping<>(Durability.NONE, Evolution.none(), null);
    }

    public Keeping<R> withDurability(Durability promised) {
        return new Keeping<>(promised, evolution, codec);
    }

    public Keeping<R> withEvolution(Evolution<R> changes) {
        return new Keeping<>(durability, changes, codec);
    }

    public Keeping<R> withCodec(RowCodec<R> own) {
        return new Keeping<>(durability, evolution, own);
    }

    /**
     * How rows are written.
     *
     * @throws UnsupportedRowException if their type contains what cannot be
     * @throws IllegalArgumentException if the evolution names what is not there
     */
    public RowFormat<R> format(Schema<?, R> schema) {
        return codec == null
                ? RowFormat.of(schema.name(), schema.rowType(), evolution)
                : RowFormat.of(schema.name(), codec);
    }
}
