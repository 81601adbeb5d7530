package dev.heirloom.table;

import java.lang.ref.Reference;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A frozen view of a table: what one commit showed, whatever is committed after it. The better
 * {@code ets:safe_fixtable}.
 *
 * <p>Thread-safe. Taking one copies nothing. While it is open the table keeps the old rows it shows, at most one a key;
 * close it to free them. A table bounds how many snapshots are open and for how long: the oldest gives way.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the rows
 */
public final class Snapshot<K, R> implements Rows<K, R>, AutoCloseable {
    private final VersionedTable<K, R> table;
    private final OpenSnapshots.Pin pin;
    private final long size;

    Snapshot(VersionedTable<K, R> table) {
        this.table = table;
        OpenSnapshots.Pin pinned;
        long rows;
        while (true) {
            long commit = table.latestCommit();
            rows = table.sizeAt(commit);
            pinned = table.snapshots().pin(this, commit);
            if (table.latestCommit() == commit) {
                break;
            }
            table.snapshots().drop(pinned);
        }
        this.pin = pinned;
        this.size = rows;
    }

    /** The number of the commit it shows. */
    public long commit() {
        return pin.commit;
    }

    @Override
    public Optional<R> find(K key) {
        Cell<R> cell = table.cell(key);
        return checked(cell == null ? null : rowOf(cell.at(pin.commit)));
    }

    @Override
    public Optional<R> first() {
        return checked(table.seek(Seek.FIRST, null, pin.commit));
    }

    @Override
    public Optional<R> last() {
        return checked(table.seek(Seek.LAST, null, pin.commit));
    }

    @Override
    public Optional<R> next(K key) {
        return checked(table.seek(Seek.NEXT, key, pin.commit));
    }

    @Override
    public Optional<R> previous(K key) {
        return checked(table.seek(Seek.PREVIOUS, key, pin.commit));
    }

    @Override
    public Stream<R> stream() {
        return StreamSupport.stream(() -> spliterator(false), table.streamCharacteristics(), false);
    }

    @Override
    public long size() {
        checked(null);
        return size;
    }

    /** Frees the old rows that only this snapshot shows. Closing twice has no effect. */
    @Override
    public void close() {
        table.release(pin);
    }

    /** @param closing whether to close the snapshot at the end of the rows */
    Spliterator<R> spliterator(boolean closing) {
        checked(null);
        var cells = table.cells().iterator();
        return new Spliterators.AbstractSpliterator<>(size, table.streamCharacteristics()) {
            @Override
            public boolean tryAdvance(Consumer<? super R> action) {
                while (cells.hasNext()) {
                    R row = rowOf(cells.next().at(pin.commit));
                    if (row != null) {
                        checked(row);
                        action.accept(row);
                        return true;
                    }
                }
                checked(null);
                if (closing) {
                    close();
                }
                return false;
            }
        };
    }

    /** Says that what was read before this call is what the snapshot shows: nothing was pruned meanwhile. */
    private Optional<R> checked(@Nullable R row) {
        try {
            if (pin.released) {
                throw new SnapshotExpiredException(table.schema().name());
            }
            return Optional.ofNullable(row);
        } finally {
            Reference.reachabilityFence(this); // the pin is released when nobody holds the snapshot
        }
    }

    private static <R> @Nullable R rowOf(@Nullable Version<R> version) {
        return version == null ? null : version.row;
    }
}
