package dev.heirloom.backup;

import dev.heirloom.table.RowCodec;
import java.util.Arrays;
import java.util.Objects;

/** The format of rows by their type: their fields, one after another, described once a file. */
final class TypedFormat<R> extends RowFormat<R> {
    private final String table;
    private final Class<R> type;
    private final Evolution<R> evolution;
    private final Kind root;
    private final byte[] description;

    TypedFormat(String table, Class<R> type, Evolution<R> evolution) {
        this.table = table;
        this.type = type;
        this.evolution = evolution;
        this.root = Kinds.of(table, type, evolution);
        this.description = new Description(Kinds.simpleName(type), evolution.version(), root).toBytes();
    }

    @Override
    public RowCodec<R> json() {
        return new JsonRows<>(table, type, root);
    }

    @Override
    void write(R row, ByteSink out) {
        Objects.requireNonNull(row, "row");
        int start = out.size();
        try {
            root.put(row, out, 0);
        } catch (RuntimeException e) {
            out.backTo(start);
            throw new UnwritableRowException(table, Kinds.simpleName(type), PathException.at("", e));
        }
    }

    @Override
    byte[] description() {
        return description.clone();
    }

    @Override
    Reader<R> reader(byte[] description) {
        if (Arrays.equals(description, this.description)) {
            return in -> read(() -> root.take(in, 0));
        }
        if (TextFormat.isOfCodec(description)) {
            throw new UnreadableRowException(
                    table, "they were written " + TextFormat.writer(description) + ", not by their fields");
        }
        Description old;
        try {
            old = Description.parse(description);
        } catch (RuntimeException e) {
            throw new UnreadableRowException(table, "their description is damaged: " + e.getMessage());
        }
        Upgrade<R> upgrade = evolution.upgrade();
        if (upgrade != null && old.version() != evolution.version()) {
            return in -> read(() -> upgrade(upgrade, old.version(), old.root().take(in, 0)));
        }
        return in -> read(() -> root.convert(old.root().take(in, 0)));
    }

    private R read(Read from) {
        try {
            return type.cast(from.read());
        } catch (RuntimeException e) {
            throw new UnreadableRowException(table, Kinds.simpleName(type), PathException.at("", e));
        }
    }

    private Object upgrade(Upgrade<R> upgrade, int version, Object old) {
        if (!(old instanceof OldRow row)) {
            return root.convert(old);
        }
        try {
            R made = upgrade.upgrade(version, row);
            if (made == null) {
                throw new MalformedException("the upgrade from version " + version + " made null of it");
            }
            return made;
        } catch (Exception e) {
            throw PathException.at("", e).having(row);
        }
    }

    private interface Read {
        Object read();
    }
}
