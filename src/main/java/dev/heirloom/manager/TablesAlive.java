package dev.heirloom.manager;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Liveness: down while a table is stuck, which nothing but a new JVM may cure. */
@Liveness
@ApplicationScoped
public class TablesAlive implements HealthCheck {
    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("heirloom-manager");
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
