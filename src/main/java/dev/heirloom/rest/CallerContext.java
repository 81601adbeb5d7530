package dev.heirloom.rest;

import dev.heirloom.security.Caller;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** A caller as resources see it. */
record CallerContext(Caller caller, boolean secure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
        return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
        return caller.has(role);
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getAuthenticationScheme() {
        return caller.csrf() == null ? BASIC_AUTH : FORM_AUTH;
    }
}
