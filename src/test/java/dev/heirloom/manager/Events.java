package dev.heirloom.manager;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what happened to the tables of a test. */
@ApplicationScoped
public class Events {
    private final List<TableEvent> all = new CopyOnWriteArrayList<>();

    void on(@ObservesAsync TableEvent event) {
        all.add(event);
    }

    /** What has arrived of a table's events, in their order. */
    public List<TableEvent> of(String table) {
        return all.stream()
                .filter(event -> event.table().equals(table))
                .sorted(Comparator.comparingLong(TableEvent::sequence))
                .toList();
    }

    public <E extends TableEvent> List<E> of(String table, Class<E> type) {
        return of(table).stream().filter(type::isInstance).map(type::cast).toList();
    }
}
