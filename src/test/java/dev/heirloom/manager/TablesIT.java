package dev.heirloom.manager;

import static dev.heirloom.manager.Probe.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heirloom.Deployments;
import dev.heirloom.TableSpec;
import dev.heirloom.manager.SupervisedTables.Item;
import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.ownership.Transfer;
import dev.heirloom.table.TableClosedException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables that are made, renamed and deleted in a server, and standbys among its beans. */
@ExtendWith(ArquillianExtension.class)
class TablesIT {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @Inject
    Tables tables;

    @Inject
    TableManager manager;

    @Inject
    MetricRegistry metrics;

    @Inject
    Events events;

    /** A hot standby. */
    @Dependent
    public static class Standby implements TableConsumer<String, Item> {
        static final List<Transfer> TRANSFERS = new CopyOnWriteArrayList<>();

        @Override
        public void accept(OwnedTable<String, Item> table, Transfer transfer) {
            TRANSFERS.add(transfer);
        }

        @Override
        public void consume(OwnedTable<String, Item> table, Requests requests) throws Exception {
            requests.serve(Duration.ofDays(1));
        }
    }

    /** For other rows. */
    @Dependent
    public static class ForNumbers implements TableConsumer<String, Integer> {
        @Override
        public void consume(OwnedTable<String, Integer> table, Requests requests) {
            throw new AssertionError("never called");
        }
    }

    @Deployment
    static WebArchive deployment() {
        return Deployments.bundled(
                TablesIT.class,
                Probe.class,
                Scripted.class,
                SupervisedTables.class,
                SlowToBeBorn.class,
                SlowToDie.class,
                Expected.class,
                Events.class);
    }

    /** How many metrics tell of a table. */
    private long metricsOf(String table) {
        return metrics.getMetricIDs().stream()
                .filter(id -> table.equals(id.getTags().get("table")))
                .count();
    }

    private static long threadsOf(String table) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("heirloom " + table + " "))
                .count();
    }

    @Test
    void wholeLife_leavesNothingBehind() {
        TableSpec<String, Item> spec = SupervisedTables.scripted("made");
        TableRef<String, Item> table = tables.create(spec);
        table.call(t -> t.insert(new Item("a", 1)));
        assertThat(tables.names()).contains("made", "error");
        await().until(() -> metricsOf("made") >= 7); // with the histogram of hand-overs

        tables.rename("made", "renamed");
        assertThat(table.name()).isEqualTo("renamed");
        assertThat(tables.ref(spec).find("a")).isPresent();
        assertThat(manager.status("renamed").rows()).isEqualTo(1);
        await().until(() -> metricsOf("made") == 0 && metricsOf("renamed") >= 6);
        Probe probe = new Probe(manager, spec);
        Scripted.next("renamed", owned -> {
            owned.rename("again");
            return true;
        });
        await().until(() -> tables.find("again").isPresent());
        await().until(() -> metricsOf("renamed") == 0 && metricsOf("again") >= 6);
        assertThat(events.of("again", TableEvent.Renamed.class)).hasSize(1);

        tables.delete("again");
        assertGone(table, "again");
        assertThatThrownBy(() -> probe.table().size()).isInstanceOf(NoSuchTableException.class);
    }

    @Test
    void deletedByItsOwner_leavesNothingBehind() {
        TableRef<String, Item> table = tables.create(SupervisedTables.scripted("deleted"));
        table.call(t -> t.insert(new Item("a", 1)));
        await().until(() -> metricsOf("deleted") >= 6);
        Scripted.next("deleted", owned -> {
            owned.delete();
            return true;
        });
        await().until(() -> tables.find("deleted").isEmpty());
        assertGone(table, "deleted");
    }

    @Test
    void shownToJmx_forAsLongAsItIsThere() throws Exception {
        TableRef<String, Item> table = tables.create(SupervisedTables.scripted("shown"));
        table.call(t -> t.insert(new Item("a", 1)));
        await().until(() -> beansOf("shown").size() == 1);
        ObjectName name = beansOf("shown").iterator().next();
        assertThat(name.getKeyProperty("application")).isEqualTo("\"test\"");
        assertThat(SERVER.getAttribute(name, "State")).isEqualTo("Owned");
        assertThat(SERVER.getAttribute(name, "Owner")).isEqualTo("Scripted");
        assertThat(SERVER.getAttribute(name, "Epoch"))
                .isEqualTo(tables.status("shown").epoch());
        assertThat(SERVER.getAttribute(name, "Rows")).isEqualTo(1L);
        assertThat(SERVER.getAttribute(name, "Requests")).isEqualTo(1L);
        assertThat(SERVER.getAttribute(name, "HandOvers")).isEqualTo(1L);
        assertThat((long) SERVER.getAttribute(name, "LastHandOverMicros")).isPositive();
        assertThat(SERVER.getAttribute(name, "Zombies")).isEqualTo(new String[0]);
        assertThat(SERVER.getAttribute(name, "ReadOnly")).isNull();

        tables.rename("shown", "shown-otherwise");
        await().until(() ->
                beansOf("shown").isEmpty() && beansOf("shown-otherwise").size() == 1);
        tables.delete("shown-otherwise");
        await().until(() -> beansOf("shown-otherwise").isEmpty());
    }

    private static Set<ObjectName> beansOf(String table) {
        try {
            return SERVER.queryNames(
                    new ObjectName("dev.heirloom:type=Table,name=" + ObjectName.quote(table) + ",*"), null);
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void assertGone(TableRef<String, Item> table, String name) {
        assertThat(tables.find(name)).isEmpty();
        assertThat(manager.statuses()).extracting(TableStatus::name).doesNotContain(name);
        assertThatThrownBy(table::size).isInstanceOf(TableClosedException.class);
        assertThatThrownBy(() -> table.call(t -> t.size())).isInstanceOf(TableClosedException.class);
        await().until(() -> threadsOf(name) == 0);
        await().until(() -> metricsOf(name) == 0);
    }

    @Test
    void whatIsRefused_isThrownAsItIs() {
        assertThatThrownBy(() -> tables.create(SupervisedTables.served("error")))
                .isInstanceOf(TableExistsException.class);
        assertThatThrownBy(() -> manager.rename("error", "accept")).isInstanceOf(TableExistsException.class);
        assertThatThrownBy(() -> tables.status("nowhere")).isInstanceOf(NoSuchTableException.class);
        assertThatThrownBy(() -> manager.delete("nowhere")).isInstanceOf(NoSuchTableException.class);
        assertThatThrownBy(() -> tables.rename("error", "no name"))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void standby_inherits_andTheHomeConsumerComesBack() {
        TableSpec<String, Item> spec = SupervisedTables.served("standby").heir(Heir.consumer(Standby.class), "will");
        tables.create(spec);
        Probe probe = Probe.of(manager, spec, 1);
        assertThat(probe.owned().heir()).isEqualTo(Heir.consumer("Standby"));
        probe.kill();
        assertThat(probe.value()).isEqualTo(1);
        assertThat(probe.owned().owner()).isEqualTo("Standby");
        assertThat(probe.owned().heir()).isEqualTo(Heir.MANAGER);
        assertThat(Standby.TRANSFERS).singleElement().satisfies(transfer -> {
            assertThat(transfer.reason()).isEqualTo(Transfer.Reason.INHERITED);
            assertThat(transfer.from()).isEqualTo("ServingConsumer");
            assertThat(transfer.data()).isEqualTo("will");
        });
        probe.kill();
        assertThat(probe.value()).isEqualTo(1);
        assertThat(probe.owned().owner()).isEqualTo("ServingConsumer");
        assertThat(probe.owned().heir()).isEqualTo(Heir.consumer("Standby"));
        tables.delete("standby");
    }

    @Test
    void standbyOfOtherRows_doesNotInherit() {
        TableSpec<String, Item> spec = SupervisedTables.served("unfit").heir(Heir.consumer(ForNumbers.class));
        tables.create(spec);
        Probe probe = Probe.of(manager, spec, 1);
        assertThat(probe.owned().heir()).isEqualTo(Heir.MANAGER);
        probe.kill();
        assertThat(probe.value()).isEqualTo(1);
        assertThat(probe.owned().owner()).isEqualTo("ServingConsumer");
        await().until(() -> !events.of("unfit", TableEvent.Reclaimed.class).isEmpty());
        assertThat(events.of("unfit", TableEvent.Reclaimed.class).get(0).why())
                .contains("ForNumbers", "other keys or rows");
        tables.delete("unfit");
    }
}
