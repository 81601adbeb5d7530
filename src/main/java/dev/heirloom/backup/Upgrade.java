package dev.heirloom.backup;

/**
 * Makes rows of those of a former version, as {@code code_change} does for the state of a process of OTP. For the user to
 * implement; thread-safe if several tables use it.
 */
@FunctionalInterface
public interface Upgrade<R> {
    /**
     * The row as it is now.
     *
     * @throws Exception if there is none; the row counts as unreadable then
     */
    R upgrade(int fromVersion, OldRow old) throws Exception;
}
