package dev.heirloom.manager;

import static dev.heirloom.manager.Probe.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.Deployments;
import dev.heirloom.TableSpec;
import dev.heirloom.manager.SupervisedTables.Item;
import dev.heirloom.supervision.RestartType;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens when the executor has fewer threads than there are tables, and queues the rest without a word. */
@ExtendWith(ArquillianExtension.class)
class StarvedExecutorIT {
    private static final String NARROW = "java:app/concurrent/narrow";

    /** Two tables for one thread. */
    @ApplicationScoped
    @ManagedExecutorDefinition(name = NARROW, maxAsync = 1)
    public static class Tables {
        static final TableSpec<String, Item> ONE = spec("one");
        static final TableSpec<String, Item> OTHER = spec("other");

        private static TableSpec<String, Item> spec(String name) {
            return TableSpec.set(name, Item.class, Item::name)
                    .restart(RestartType.TEMPORARY)
                    .timeout(Duration.ofMinutes(1));
        }

        @Produces
        static TableSpec<String, Item> one() {
            return ONE;
        }

        @Produces
        static TableSpec<String, Item> other() {
            return OTHER;
        }
    }

    @Inject
    TableManager manager;

    @Inject
    @Readiness
    TablesReady readiness;

    @Inject
    Events events;

    @Deployment
    static WebArchive deployment() {
        return Deployments.bundled(StarvedExecutorIT.class, Item.class, Probe.class, Expected.class, Events.class)
                .addAsResource(
                        new StringAsset("heirloom.executor=" + NARROW), "META-INF/microprofile-config.properties");
    }

    @Test
    void tableWithoutAThread_isReportedByName_andStartsWhenOneIsFree() {
        assertThat(manager.problems()).isEmpty();
        List<Probe> probes = List.of(new Probe(manager, Tables.ONE), new Probe(manager, Tables.OTHER));
        await().until(() -> notStarted(probes).count() == 1);
        Probe starved = notStarted(probes).findFirst().orElseThrow();
        Probe served = probes.get(starved.equals(probes.get(0)) ? 1 : 0);
        String name = starved.spec().name();
        assertThat(served.owned().notStarted()).isFalse();
        await().until(() -> events.of(name, TableEvent.NotStarted.class).size() == 1);
        assertThat(Probe.reported(readiness, name)).contains("not started");

        // Who waits for an answer needs no thread of that executor.
        assertThat(served.table().ask(t -> t.insert(new Item("a", 1))).toCompletableFuture())
                .succeedsWithin(Duration.ofSeconds(30));
        CompletableFuture<Item> waiting =
                starved.table().ask(t -> t.insert(new Item("b", 1))).toCompletableFuture();
        served.kill(); // and is temporary, so it leaves its thread
        assertThat(waiting).succeedsWithin(Duration.ofSeconds(30));
        assertThat(starved.owned().notStarted()).isFalse();
        assertThat(served.status().state()).isEqualTo("Vacant");
        assertThat(readiness.call().getData().orElseThrow().keySet())
                .isEqualTo(Set.of(served.spec().name()));
    }

    private static Stream<Probe> notStarted(List<Probe> probes) {
        return probes.stream().filter(probe -> probe.status().notStarted());
    }
}
