package dev.heirloom.rest;

import dev.heirloom.security.SecurityHeaders;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/** Puts the security headers on what Heirloom's resources answer, whichever application they are in. Thread-safe. */
@Provider
public class ApiHeaders implements ContainerResponseFilter {
    @Context
    @SuppressWarnings("NullAway.Init")
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Class<?> type = resource.getResourceClass();
        if (type != null && Guard.isOurs(type)) {
            SecurityHeaders.values().forEach(response.getHeaders()::putSingle);
            response.getHeaders().putIfAbsent(HttpHeaders.CACHE_CONTROL, List.of("no-store"));
        }
    }
}
