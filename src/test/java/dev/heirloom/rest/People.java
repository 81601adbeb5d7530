package dev.heirloom.rest;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who asks, and what they see: for tests of rows without a server. */
final class People {
    private People() {}

    /** A user with roles; nobody if the name is null. */
    static SecurityContext user(@Nullable String name, String... roles) {
        Set<String> its = Set.of(roles);
        return new SecurityContext() {
            @Override
            public @Nullable Principal getUserPrincipal() {
                return name == null ? null : () -> name;
            }

            @Override
            public boolean isUserInRole(String role) {
                return its.contains(role);
            }

            @Override
            public boolean isSecure() {
                return false;
            }

            @Override
            public @Nullable String getAuthenticationScheme() {
                return null;
            }
        };
    }
}
