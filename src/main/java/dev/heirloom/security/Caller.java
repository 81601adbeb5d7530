package dev.heirloom.security;

import java.security.Principal;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, once that is certain. Immutable.
 *
 * @param name the name of the user, or what a token says of its subject
 * @param roles the labels of the roles, with those they include
 * @param csrf what a request that changes something must repeat in the header {@code X-CSRF-Token}; null unless a cookie
 *     said who the caller is, since browsers send cookies unasked
 */
public record Caller(
        String name, Set<String> roles, @Nullable String csrf) implements Principal {
    public Caller {
        Objects.requireNonNull(name, "name");
        roles = Collections.unmodifiableSet(new TreeSet<>(Role.including(roles)));
    }

    static Caller of(String name, Set<String> roles) {
        return new Caller(name, roles, null);
    }

    Caller withCsrf(String csrf) {
        return new Caller(name, roles, csrf);
    }

    @Override
    public String getName() {
        return name;
    }

    public boolean has(String role) {
        return roles.contains(role);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return name + roles;
    }
}
