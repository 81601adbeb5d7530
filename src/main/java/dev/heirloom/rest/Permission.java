package dev.heirloom.rest;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a method of a resource, by its annotations or else those of its class; without any, nobody. Immutable.
 *
 * @param open whether no user is needed
 * @param roles who may if it is not open: whoever has one of them
 */
record Permission(boolean open, Set<String> roles) {
    private static final Permission NOBODY = new Permission(false, Set.of());
    private static final Permission EVERYBODY = new Permission(true, Set.of());

    static Permission of(Class<?> resource, Method method) {
        Permission ofMethod = written(method);
        if (ofMethod != null) {
            return ofMethod;
        }
        Permission ofClass = written(resource);
        return ofClass == null ? NOBODY : ofClass;
    }

    /** The strictest, should there be several. */
    private static @Nullable Permission written(AnnotatedElement element) {
        RolesAllowed allowed = element.getAnnotation(RolesAllowed.class);
        if (element.isAnnotationPresent(DenyAll.class)) {
            return NOBODY;
        }
        if (allowed != null) {
            return new Permission(false, Set.of(allowed.value()));
        }
        return element.isAnnotationPresent(PermitAll.class) || element.isAnnotationPresent(Open.class)
                ? EVERYBODY
                : null;
    }

    /** Whether only administrators may. */
    boolean isForOperators() {
        return !open && roles.equals(Set.of(Roles.OPERATOR));
    }
}
