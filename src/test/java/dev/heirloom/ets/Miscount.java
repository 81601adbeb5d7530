package dev.heirloom.ets;

import dev.heirloom.ets.Term.Tuple;
import dev.heirloom.table.Rows;
import dev.heirloom.table.TableType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far ETS is out when it counts the rows of a bag: a defect (OTP 25.2.3), which the replay copies so that it can
 * compare sizes. Our tables count right.
 *
 * <p>A row that is deleted from a table that is fixed may leave a dead one in its place. {@code take} takes the dead
 * rows behind the first living one of a key off the size once more, so that this may even fall below 0. What leaves a
 * dead row was found out by trying: the first row of a key that {@code delete} or {@code take} deletes does, the others
 * do not; a row that {@code delete_object} deletes does if it comes first in its key; any row that
 * {@code delete_all_objects} deletes does, and sets the size right. A row that is inserted comes first in its key,
 * and in a bag it takes the place of a dead one that is equal to it.
 */
final class Miscount {
    private static final class Place {
        private final Tuple row;
        private boolean lives = true;

        private Place(Tuple row) {
            this.row = row;
        }
    }

    private final Shape shape;

    /** Of each key while the table is fixed, in the order in which ETS has them. */
    private final Map<Term, List<Place>> places = new HashMap<>();

    private boolean fixed;
    private long missing;

    Miscount(Shape shape) {
        this.shape = shape;
    }

    /** The size as ETS gives it. */
    String size(long rows) {
        return Long.toUnsignedString(rows - missing);
    }

    void fix(Rows<Term, Tuple> rows) {
        if (shape.isBag() && !fixed) {
            fixed = true;
            insert(rows);
        }
    }

    void unfix() {
        fixed = false;
        places.clear();
    }

    /** @param rows what the table has after the operation */
    void done(String operation, Arguments its, Rows<Term, Tuple> rows) {
        if (operation.equals("delete_all_objects")) {
            missing = 0;
        }
        if (!fixed) {
            return;
        }
        switch (operation) {
            case "take" -> take(its.term(0));
            case "delete" -> delete(its.term(0));
            case "delete_object" -> deleteRow(its.row(0));
            case "select_replace" -> places.forEach((key, row) -> replace(row, rows.lookup(key)));
            case "walk_delete" -> List.copyOf(places.keySet()).forEach(this::delete);
            default -> places.forEach((key, row) -> bury(row, rows.lookup(key)));
        }
        insert(rows);
    }

    private List<Place> of(Term key) {
        return places.computeIfAbsent(key, unseen -> new ArrayList<>());
    }

    private void take(Term key) {
        List<Place> row = of(key);
        int first = 0;
        while (first < row.size() && !row.get(first).lives) {
            first++;
        }
        if (first < row.size()) {
            List<Place> taken = row.subList(first, row.size());
            missing += taken.stream().filter(place -> !place.lives).count();
            taken.subList(1, taken.size()).clear();
            row.get(first).lives = false;
        }
    }

    private void delete(Term key) {
        List<Place> row = of(key);
        boolean first = true;
        for (Place place : List.copyOf(row)) {
            if (place.lives) {
                if (first) {
                    place.lives = false;
                } else {
                    row.remove(place);
                }
                first = false;
            }
        }
    }

    private void deleteRow(Tuple deleted) {
        Term key = shape.key(deleted);
        if (key == null) {
            return;
        }
        List<Place> row = of(key);
        for (Place place : List.copyOf(row)) {
            if (place.lives && place.row.equals(deleted)) {
                if (row.get(0) == place) {
                    place.lives = false;
                } else {
                    row.remove(place);
                }
            }
        }
    }

    /** Rows are replaced in their places. */
    private static void replace(List<Place> row, List<Tuple> now) {
        int next = now.size();
        for (int i = 0; i < row.size(); i++) {
            if (row.get(i).lives) {
                row.set(i, new Place(now.get(--next)));
            }
        }
    }

    private static void bury(List<Place> row, List<Tuple> left) {
        List<Tuple> rest = new ArrayList<>(left);
        row.stream().filter(place -> place.lives && !rest.remove(place.row)).forEach(place -> place.lives = false);
    }

    /** Adds what is new. */
    private void insert(Rows<Term, Tuple> rows) {
        Set<Term> keys = rows.stream().map(shape::key).collect(Collectors.toCollection(HashSet::new));
        for (Term key : keys) {
            List<Place> row = of(key);
            List<Tuple> added = new ArrayList<>(rows.lookup(key));
            row.stream().filter(place -> place.lives).forEach(place -> added.remove(place.row));
            for (Tuple each : added) {
                Place dead = shape.type() == TableType.DUPLICATE_BAG ? null : dead(row, each);
                if (dead != null) {
                    row.remove(dead);
                }
                row.add(0, new Place(each));
            }
        }
    }

    private static @Nullable Place dead(List<Place> row, Tuple equal) {
        return row.stream()
                .filter(place -> !place.lives && place.row.equals(equal))
                .findFirst()
                .orElse(null);
    }
}
