package dev.heirloom.manager;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness: down while a table marked required is orphaned, not loaded or read-only, something deployed is wrong, or
 * the table manager is not there yet or no more. It names every table without an owner, required or not.
 */
@Readiness
@ApplicationScoped
public class TablesReady implements HealthCheck {
    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("heirloom-tables");
        try {
            return describe(answer);
        } catch (EJBException e) { // so the container says it: a probe may come at any time
            return answer.withData("manager", "starts or stops").down().build();
        }
    }

    private HealthCheckResponse describe(HealthCheckResponseBuilder answer) {
        boolean up = true;
        for (TableStatus table : manager.statuses()) {
            String readOnly = table.readOnly();
            if (readOnly != null) {
                answer.withData(table.name(), "read-only: " + readOnly);
                up &= !table.required();
            } else if (!table.isOwned()) {
                String why = table.why();
                answer.withData(
                        table.name(),
                        table.state()
                                + (table.notStarted() ? ", not started: the executor is starved" : "")
                                + (why == null ? "" : ": " + why));
                up &= !(table.required() && (table.isOrphaned() || table.isLoading() || table.isUnloaded()));
            }
        }
        int number = 0;
        for (String problem : manager.problems()) {
            answer.withData("problem-" + ++number, problem);
            up = false;
        }
        return answer.status(up).build();
    }
}
