package dev.heirloom.manager;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks of one table that were replaced and still run, because their threads have not ended. Thread-safe. */
final class Zombies<K, R> {
    private final Set<ConsumerTask<K, R>> tasks = ConcurrentHashMap.newKeySet();

    /** Counts a task that is replaced, for as long as its thread works for it. */
    void add(ConsumerTask<K, R> task) {
        if (task.hasBegun() && !task.hasEnded()) {
            tasks.add(task);
            if (task.hasEnded()) { // in between, so nobody else removes it
                tasks.remove(task);
            }
        }
    }

    /** Whether the task was one. */
    boolean remove(ConsumerTask<K, R> task) {
        return tasks.remove(task);
    }

    void interrupt() {
        tasks.forEach(task -> task.owner().interrupt());
    }

    int count() {
        return tasks.size();
    }

    List<String> names() {
        return tasks.stream().map(ConsumerTask::name).sorted().toList();
    }
}
