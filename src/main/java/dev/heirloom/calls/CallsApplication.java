package dev.heirloom.calls;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

/** The REST root of the application that ships with Heirloom. */
@ApplicationPath(CallsApplication.PATH)
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Heirloom",
                        version = "0.1.0",
                        description = "Ongoing phone calls in a table that outlives its owner. Every failure is told "
                                + "as problem details (RFC 9457)."))
public class CallsApplication extends Application {
    static final String PATH = "api";

    /** No description of the API besides OpenAPI: Jersey's own answers anyone. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
