package dev.heirloom.manager;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Shows each table to JMX, as a {@link TableBean} of the platform's server, for as long as it is there. */
@ApplicationScoped
public class TableBeans {
    private static final System.Logger LOG = System.getLogger(TableBeans.class.getName());

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @Resource(lookup = "java:app/AppName")
    @SuppressWarnings("NullAway.Init")
    private String application;

    /** The tables that are shown; guarded by this. */
    private final Map<String, ObjectName> shown = new HashMap<>();

    private boolean ended;

    /** Events come in any order, so what counts is which tables there are. */
    void on(@ObservesAsync TableEvent event) {
        if (event instanceof TableEvent.Created
                || event instanceof TableEvent.Renamed
                || event instanceof TableEvent.Closed) {
            reconcile();
        }
    }

    /** Leaves nothing behind in a server that outlives the application. */
    @PreDestroy
    synchronized void end() {
        ended = true;
        reconcile();
    }

    private synchronized void reconcile() {
        Set<String> present = ended ? Set.of() : open();
        for (String gone : List.copyOf(shown.keySet())) {
            if (!present.contains(gone)) {
                hide(gone);
            }
        }
        for (String table : present) {
            if (!shown.containsKey(table)) {
                show(table);
            }
        }
    }

    /** An event that comes when the application has ended finds its tables closed, and another one of this. */
    private Set<String> open() {
        return manager.statuses().stream()
                .filter(status -> !status.isClosed())
                .map(TableStatus::name)
                .collect(Collectors.toSet());
    }

    private void show(String table) {
        try {
            ObjectName name = new ObjectName("dev.heirloom:type=Table,application=" + ObjectName.quote(application)
                    + ",name=" + ObjectName.quote(table));
            server.registerMBean(new TableBean(() -> manager.status(table)), name);
            shown.put(table, name);
        } catch (JMException e) {
            LOG.log(Level.WARNING, "Table {0} is not shown to JMX: {1}", table, e);
        }
    }

    private void hide(String table) {
        try {
            server.unregisterMBean(shown.remove(table));
        } catch (InstanceNotFoundException e) { // somebody else has removed it
            LOG.log(Level.DEBUG, "Removed already", e);
        } catch (JMException e) {
            LOG.log(Level.WARNING, "Table {0} is still shown to JMX: {1}", table, e);
        }
    }
}
