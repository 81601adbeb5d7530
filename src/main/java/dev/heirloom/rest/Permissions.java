package dev.heirloom.rest;

import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom a table admits, besides what their role allows them. */
final class Permissions {
    private Permissions() {}

    /**
     * Lets those pass that are named, as users or by a role; where nobody is known by name, because the server asks nobody,
     * everybody.
     *
     * @param names null for everybody
     * @throws ProblemException if it is none of them
     */
    static void check(SecurityContext who, @Nullable List<String> names, String table, String what) {
        if (names == null || who.getUserPrincipal() == null) {
            return;
        }
        String user = who.getUserPrincipal().getName();
        if (names.stream().noneMatch(name -> name.equals(user) || who.isUserInRole(name))) {
            throw new ProblemException(Problem.of(403, "not-permitted", "The table is not for everybody")
                    .withDetail("table " + table + " has a list of those who may " + what + " it"));
        }
    }
}
