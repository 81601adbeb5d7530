package dev.heirloom.rest;

import dev.heirloom.documents.Document;
import dev.heirloom.documents.MergePatch;
import dev.heirloom.table.NoSuchRowException;
import dev.heirloom.table.Revision;
import dev.heirloom.table.UnitOfWork;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What clients change of the rows of a table: each method is one request to its owner, one unit of work. */
final class RowWrites<K, R> {
    private final HttpTable<K, R> table;
    private final RowJson<K, R> json;

    RowWrites(HttpTable<K, R> table) {
        this.table = table;
        this.json = table.json();
    }

    /**
     * What there is of a key afterwards.
     *
     * @param etag null if somebody has changed it since
     */
    record Written(boolean created, String json, @Nullable String etag) {}

    /** Puts rows in the place of those with the key: one, or in a bag any number. */
    Written put(String keyText, List<Document> documents, Preconditions conditions) {
        K key = json.key(keyText);
        if (documents.isEmpty()) {
            throw new ProblemException(Problems.invalid("there is no row: DELETE removes those of a key"));
        }
        if (documents.size() > 1 && !table.isBag()) {
            throw new ProblemException(Problems.invalid("the table is no bag: a key has one row"));
        }
        List<R> rows = documents.stream().map(each -> json.row(each, key)).toList();
        boolean created = table.ref().call(unit -> {
            Revision<R> before = checked(unit, key, conditions);
            if (table.isBag()) {
                unit.delete(key);
            }
            unit.insertAll(rows);
            return !before.isPresent();
        });
        return written(key, rows, created);
    }

    /** Changes a row, which is there. */
    Written patch(String keyText, MergePatch patch, Preconditions conditions) {
        K key = json.key(keyText);
        requireOneRow("PATCH");
        R after = table.ref().call(unit -> {
            R before = present(checked(unit, key, conditions), key);
            Document changed = Problems.told(() -> patch.apply(json.document(before), json.reader()));
            R made = json.row(changed, key);
            return unit.update(key, row -> made);
        });
        return written(key, List.of(after), false);
    }

    /** Removes the rows with a key. */
    List<R> delete(String keyText, Preconditions conditions) {
        K key = json.key(keyText);
        return table.ref().call(unit -> {
            present(checked(unit, key, conditions), key);
            return unit.takeAll(key);
        });
    }

    /**
     * Inserts rows, all or none.
     *
     * @param onlyNew whether none of their keys may be there
     * @return how many
     */
    int insert(List<Document> documents, boolean onlyNew) {
        List<R> rows = documents.stream().map(json::row).toList();
        table.ref().call(unit -> {
            if (!onlyNew) {
                unit.insertAll(rows);
            } else if (!unit.insertNewAll(rows)) {
                throw Preconditions.failed("If-None-Match", "there is a row with one of these keys");
            }
            return true;
        });
        return rows.size();
    }

    /** Takes a step of a counter. */
    Written count(String keyText, Counting step, Preconditions conditions) {
        K key = json.key(keyText);
        requireOneRow("a counter");
        Counting.Counted counted = table.ref().call(unit -> {
            R before = present(checked(unit, key, conditions), key);
            Counting.Counted next = step.apply(json.document(before));
            R made = json.row(next.row(), key);
            unit.update(key, row -> made);
            return next;
        });
        return new Written(false, "{\"value\":" + counted.value() + "}", null);
    }

    private Revision<R> checked(UnitOfWork<K, R> unit, K key, Preconditions conditions) {
        Revision<R> revision = unit.revision(key);
        conditions.check(table, revision);
        return revision;
    }

    private R present(Revision<R> revision, K key) {
        if (!revision.isPresent()) {
            throw new NoSuchRowException(table.name(), key);
        }
        return revision.rows().get(0);
    }

    private void requireOneRow(String what) {
        if (table.isBag()) {
            throw new ProblemException(Problem.of(422, "wrong-type", "Tables of this type cannot do this")
                    .withDetail("table " + table.name() + " is a bag, where a key may have several rows: " + what
                            + " needs one"));
        }
    }

    private Written written(K key, List<R> rows, boolean created) {
        Revision<R> now = table.ref().revision(key);
        return new Written(created, shown(rows), isOf(now, rows) ? table.etag(now) : null);
    }

    /** Whether these very rows are there: then the commit is the one that has written them. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isOf(Revision<R> now, List<R> rows) {
        if (now.rows().isEmpty() || (!table.isBag() && now.rows().size() != rows.size())) {
            return false;
        }
        return now.rows().stream().allMatch(each -> rows.stream().anyMatch(row -> row == each));
    }

    /** Removes the rows with a key, and shows them. */
    String take(String keyText, Preconditions conditions) {
        return shown(delete(keyText, conditions));
    }

    /** A row as an object, those of a key of a bag as an array. */
    private String shown(List<R> rows) {
        return table.isBag() ? RowPages.array(table, rows) : json.json(rows.get(0));
    }
}
