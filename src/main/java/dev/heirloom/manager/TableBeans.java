package dev.heirloom.manager;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Shows each table to JMX, as a {@link TableMXBean} of the platform's server, for as long as it is there. */
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
            reconcile(manager.names());
        }
    }

    /** Leaves nothing behind in a server that outlives the application. */
    synchronized void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object context) {
        ended = true;
        reconcile(List.of());
    }

    private synchronized void reconcile(List<String> names) {
        Set<String> present = ended ? Set.of() : new HashSet<>(names);
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

    private void show(String table) {
        try {
            ObjectName name = new ObjectName("dev.heirloom:type=Table,application=" + ObjectName.quote(application)
                    + ",name=" + ObjectName.quote(table));
            server.registerMBean(new ShownTable(() -> manager.status(table)), name);
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
