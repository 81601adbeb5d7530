package dev.heirloom.rest;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;

/** Lets everyone do everything, in tests that are about something else: Payara itself enforces {@code @RolesAllowed}. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class Everyone extends HttpFilter {
    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public Principal getUserPrincipal() {
                        return () -> "everyone";
                    }

                    @Override
                    public String getRemoteUser() {
                        return "everyone";
                    }

                    @Override
                    public boolean isUserInRole(String role) {
                        return true;
                    }

                    @Override
                    public boolean authenticate(HttpServletResponse ignored) {
                        return true;
                    }
                },
                response);
    }
}
