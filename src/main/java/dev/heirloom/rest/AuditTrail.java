package dev.heirloom.rest;

import dev.heirloom.security.Audit;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;

/**
 * Notes every request to what only operators may do, and what was answered: done, failed or forbidden. Not what is in
 * its body or query, and not those of nobody, which get no further than {@link Guard}. Thread-safe.
 */
@Provider
public class AuditTrail implements ContainerResponseFilter {
    @Context
    @SuppressWarnings("NullAway.Init")
    private ResourceInfo resource;

    @Context
    @SuppressWarnings("NullAway.Init")
    private HttpServletRequest servlet;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Class<?> type = resource.getResourceClass();
        Principal caller = request.getSecurityContext().getUserPrincipal();
        if (type == null || caller == null || !Guard.isOurs(type)) {
            return;
        }
        if (Permission.of(type, resource.getResourceMethod()).isForOperators()) {
            String what = request.getMethod() + " /" + request.getUriInfo().getPath(false);
            CDI.current()
                    .select(Audit.class)
                    .get()
                    .note(caller.getName(), what, Integer.toString(response.getStatus()), servlet.getRemoteAddr());
        }
    }
}
