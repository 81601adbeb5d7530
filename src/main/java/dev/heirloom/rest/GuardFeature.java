package dev.heirloom.rest;

import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.util.List;

/**
 * Has every application with Heirloom's resources guard them, one that lists its classes by hand included: Jakarta REST
 * loads it by {@code META-INF/services}.
 */
public class GuardFeature implements Feature {
    private static final List<Class<?>> FILTERS =
            List.of(Guard.class, BodyLimit.class, AuditTrail.class, ApiHeaders.class, ProblemExceptionMapper.class);

    @Override
    public boolean configure(FeatureContext context) {
        Configuration configuration = context.getConfiguration();
        for (Class<?> filter : FILTERS) {
            if (!configuration.isRegistered(filter)) {
                context.register(filter);
            }
        }
        return true;
    }
}
