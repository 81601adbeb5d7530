package dev.heirloom.rest;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.annotation.RegistryScope;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The metrics of the application and of the JVM, for Prometheus: what the server's own endpoint would tell anyone. */
@Path("metrics")
@ApplicationScoped
@Tag(name = "Metrics", description = "For Prometheus")
public class MetricsResource {
    @Inject
    @RegistryScope(scope = MetricRegistry.APPLICATION_SCOPE)
    @SuppressWarnings("NullAway.Init")
    private MetricRegistry application;

    @Inject
    @RegistryScope(scope = MetricRegistry.BASE_SCOPE)
    @SuppressWarnings("NullAway.Init")
    private MetricRegistry base;

    @GET
    @RolesAllowed(Roles.READER)
    @Produces(MetricsText.MEDIA_TYPE)
    @Operation(operationId = "getMetrics", summary = "The metrics of the tables and of the JVM")
    @APIResponse(
            responseCode = "200",
            description = "In the text format of Prometheus",
            content = @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class)))
    public String get() {
        return MetricsText.of(List.of(application, base));
    }
}
