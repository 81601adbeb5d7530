package dev.heirloom.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a caller may do. Each role includes those before it. */
public enum Role {
    /** Looks at tables and rows. */
    READER,
    /** Changes rows. */
    WRITER,
    /** Makes tables, moves and restarts their owners. */
    OPERATOR;

    /** Its name in annotations, settings and tokens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Role> of(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(label))
                .findFirst();
    }

    /** The labels with those of the roles they include; labels of roles that Heirloom does not know stay. */
    static Set<String> including(Set<String> labels) {
        Set<String> all = new TreeSet<>(labels);
        for (String label : labels) {
            of(label)
                    .ifPresent(role -> Arrays.stream(values())
                            .filter(each -> each.compareTo(role) <= 0)
                            .map(Role::label)
                            .forEach(all::add));
        }
        return all;
    }
}
