package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PermissionTest {
    static class Unwritten {
        public void nothing() {}

        @RolesAllowed(Roles.OPERATOR)
        public void operator() {}

        @PermitAll
        public void open() {}

        @DenyAll
        @PermitAll
        @RolesAllowed(Roles.READER)
        public void everything() {}
    }

    @RolesAllowed({Roles.READER, Roles.WRITER})
    static class Written extends Unwritten {
        @Override
        public void nothing() {}

        @Override
        @PermitAll
        public void open() {}

        @Override
        @DenyAll
        public void operator() {}
    }

    @Test
    void withoutAnnotation_nobodyMay() throws NoSuchMethodException {
        assertThat(of(Unwritten.class, "nothing")).isEqualTo(new Permission(false, Set.of()));
        assertThat(of(Unwritten.class, "nothing").isForOperators()).isFalse();
    }

    @Test
    void annotationOfTheMethod_counts() throws NoSuchMethodException {
        assertThat(of(Unwritten.class, "operator").isForOperators()).isTrue();
        assertThat(of(Unwritten.class, "open").open()).isTrue();
        assertThat(of(Written.class, "open").open()).isTrue();
        assertThat(of(Written.class, "operator")).isEqualTo(new Permission(false, Set.of()));
    }

    @Test
    void strictestAnnotation_counts() throws NoSuchMethodException {
        assertThat(of(Unwritten.class, "everything")).isEqualTo(new Permission(false, Set.of()));
    }

    @Test
    void annotationOfTheClass_isForTheRest() throws NoSuchMethodException {
        assertThat(of(Written.class, "nothing").roles()).containsExactlyInAnyOrder("reader", "writer");
    }

    private static Permission of(Class<?> type, String method) throws NoSuchMethodException {
        return Permission.of(type, type.getMethod(method));
    }
}
