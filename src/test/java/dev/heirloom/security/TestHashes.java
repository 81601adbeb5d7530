package dev.heirloom.security;

/** Hashes of passwords that cost little, for tests. */
public final class TestHashes {
    private TestHashes() {}

    public static String of(String password) {
        return PasswordHash.of(password, 1_000).toString();
    }
}
