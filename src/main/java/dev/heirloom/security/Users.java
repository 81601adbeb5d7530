package dev.heirloom.security;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The users with a password, by the settings. Immutable.
 *
 * <p>There is always {@code admin}, an operator. Further ones are those with {@code heirloom.users.<name>.password-hash};
 * what they may do says {@code heirloom.users.<name>.roles}, by default only read.
 */
final class Users {
    static final String ADMIN = "admin";
    static final String ADMIN_PASSWORD = "heirloom.admin.password";
    static final int LONGEST_NAME = 64;
    static final int LONGEST_PASSWORD = 1_024;

    private static final String PREFIX = "heirloom.users.";
    private static final String HASH = ".password-hash";
    private static final String ROLES = ".roles";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1," + LONGEST_NAME + "}");

    private final Map<String, User> users;

    /** What a password of nobody is compared with, so that it takes as long. */
    private final PasswordHash nobody;

    private record User(Caller caller, PasswordHash hash) {}

    private Users(Map<String, User> users) {
        this.users = Collections.unmodifiableMap(users);
        int iterations = users.values().stream()
                .mapToInt(user -> user.hash.iterations())
                .max()
                .orElse(PasswordHash.ITERATIONS);
        this.nobody = PasswordHash.of("nobody", iterations);
    }

    /**
     * Those of the settings.
     *
     * @param made the hash of the administrator's password if none is set
     * @throws IllegalArgumentException if a setting is wrong; the message names it, and never its value
     */
    static Users of(Config config, Supplier<PasswordHash> made) {
        Map<String, User> users = new LinkedHashMap<>();
        for (String property : config.getPropertyNames()) {
            if (property.startsWith(PREFIX) && property.endsWith(HASH)) {
                String name = property.substring(
                        PREFIX.length(), Math.max(PREFIX.length(), property.length() - HASH.length()));
                if (!NAME.matcher(name).matches()) {
                    throw new IllegalArgumentException(property + ": no name of a user, which is " + NAME);
                }
                users.put(name, user(config, name, property));
            }
        }
        Optional<String> password = config.getOptionalValue(ADMIN_PASSWORD, String.class);
        if (password.isPresent()) {
            users.put(ADMIN, admin(PasswordHash.of(checked(password.get()))));
        } else if (!users.containsKey(ADMIN)) {
            users.put(ADMIN, admin(made.get()));
        }
        return new Users(users);
    }

    private static User user(Config config, String name, String property) {
        PasswordHash hash;
        try {
            hash = PasswordHash.parse(
                    config.getOptionalValue(property, String.class).orElse(""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(property + ": " + e.getMessage(), e);
        }
        String setting = PREFIX + name + ROLES;
        String standard = name.equals(ADMIN) ? Role.OPERATOR.label() : Role.READER.label();
        Set<String> roles = new LinkedHashSet<>();
        for (String each :
                config.getOptionalValue(setting, String.class).orElse(standard).split(",", -1)) {
            String role = each.strip();
            if (Role.of(role).isEmpty()) {
                throw new IllegalArgumentException(setting + ": none of reader, writer, operator");
            }
            roles.add(role);
        }
        return new User(Caller.of(name, roles), hash);
    }

    private static User admin(PasswordHash hash) {
        return new User(Caller.of(ADMIN, Set.of(Role.OPERATOR.label())), hash);
    }

    private static String checked(String password) {
        if (password.isBlank() || password.length() > LONGEST_PASSWORD) {
            throw new IllegalArgumentException(ADMIN_PASSWORD + ": blank, or longer than " + LONGEST_PASSWORD);
        }
        return password;
    }

    /** The user of that name and password; null if there is none, which takes as long to find out. */
    @Nullable
    Caller find(String name, String password) {
        User user = users.get(name);
        boolean matches = (user == null ? nobody : user.hash).matches(password);
        return user != null && matches ? user.caller : null;
    }

    Set<String> names() {
        return users.keySet();
    }
}
