package dev.heirloom.load;

import dev.heirloom.TableSpec;
import dev.heirloom.manager.TableManager;
import dev.heirloom.ownership.OwnerDiedException;
import dev.heirloom.ownership.Sabotage;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.supervision.RestartPolicy;
import dev.heirloom.table.Failpoint;
import dev.heirloom.table.Work;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** In a table: reads are direct, changes are asked of the owner, and asked again if it died before they were applied. */
@ApplicationScoped
public class HeirloomLines implements Lines {
    /** Its owner is killed once a second, which neither gives the table up nor has restarts wait for longer each time. */
    @Produces
    static final TableSpec<String, Line> LINES = TableSpec.set("lines", Line.class, Line::id)
            .restart(RestartPolicy.DEFAULT
                    .withIntensity(10_000, Duration.ofMinutes(1))
                    .withCalm(Duration.ofMillis(500)));

    @Inject
    TableRef<String, Line> lines;

    @Inject
    TableManager manager;

    @Override
    public void fill() {
        boolean done = lines.call(t -> {
            t.insertAll(IntStream.range(0, Line.COUNT).mapToObj(Line::initial).toList());
            return true;
        });
        if (!done) {
            throw new IllegalStateException("not filled");
        }
    }

    @Override
    public Line find(String id) {
        return lines.find(id).orElseThrow();
    }

    @Override
    public long change(String id) {
        return ask(t -> t.update(id, Line::changed)).changes();
    }

    @Override
    public long status(String id, String status) {
        return ask(t -> t.update(id, line -> line.withStatus(status))).changes();
    }

    @Override
    public long readAndChange(List<String> ids) {
        long sum = 0;
        for (String id : ids) {
            sum += find(id).changes();
        }
        boolean changed = ask(t -> {
            t.update(ids.get(0), Line::changed);
            t.update(ids.get(1), Line::changed);
            return true;
        });
        return changed ? sum : -1;
    }

    private <T> T ask(Work<String, Line, T> work) {
        try {
            return lines.call(work);
        } catch (OwnerDiedException e) { // it was not applied
            return lines.call(work);
        }
    }

    @Override
    public long changes() {
        try (var all = lines.stream()) {
            return all.mapToLong(Line::changes).sum();
        }
    }

    @Override
    public void kill() {
        manager.crash("lines", new Sabotage(Sabotage.How.ERROR, Failpoint.BEFORE_COMMIT));
    }
}
