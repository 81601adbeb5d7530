package dev.heirloom.manager;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Liveness: down while a table is stuck, which nothing but a new JVM may cure. A table manager that is not there yet,
 * or no more, is no reason for another JVM.
 */
@Liveness
@ApplicationScoped
public class TablesAlive implements HealthCheck {
    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("heirloom-manager");
        try {
            return describe(answer);
        } catch (EJBException e) { // so the container says it: a probe may come at any time
            return answer.withData("manager", "starts or stops").up().build();
        }
    }

    private HealthCheckResponse describe(HealthCheckResponseBuilder answer) {
        boolean up = true;
        for (TableStatus table : manager.statuses()) {
            if (table.state().equals("Stuck")) {
                answer.withData(table.name(), "its lock is held: it cannot be taken from " + table.owner());
                up = false;
            }
        }
        return answer.status(up).build();
    }
}
