package dev.heirloom.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;
import java.util.Set;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password that cannot be read back: PBKDF2 (RFC 8018), in the form of Jakarta Security's {@code Pbkdf2PasswordHash},
 * {@code algorithm:iterations:salt:hash}. Immutable.
 */
final class PasswordHash {
    /** What OWASP asks of SHA-512 at the least. */
    static final int ITERATIONS = 210_000;

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final Set<String> ALGORITHMS = Set.of(ALGORITHM, "PBKDF2WithHmacSHA384", "PBKDF2WithHmacSHA256");
    private static final int FEWEST_ITERATIONS = 1_000;
    private static final int MOST_ITERATIONS = 10_000_000; // seconds for each log-in
    private static final int BYTES = 32;
    private static final int SALT_BYTES = 16;

    private final String algorithm;
    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(String algorithm, int iterations, byte[] salt, byte[] hash) {
        this.algorithm = algorithm;
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    static PasswordHash of(String password) {
        return of(password, ITERATIONS);
    }

    static PasswordHash of(String password, int iterations) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new PasswordHash(ALGORITHM, iterations, salt, derive(ALGORITHM, password, salt, iterations, BYTES));
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is nothing of the kind; the message has no part of it
     */
    static PasswordHash parse(String text) {
        String[] parts = text.strip().split(":", -1);
        if (parts.length != 4 || !ALGORITHMS.contains(parts[0])) {
            throw new IllegalArgumentException("no hash of the form " + ALGORITHM + ":iterations:salt:hash");
        }
        try {
            int iterations = Integer.parseInt(parts[1]);
            byte[] salt = Base64.getDecoder().decode(parts[2]);
            byte[] hash = Base64.getDecoder().decode(parts[3]);
            if (iterations < FEWEST_ITERATIONS || iterations > MOST_ITERATIONS) {
                throw new IllegalArgumentException(
                        "iterations are not from " + FEWEST_ITERATIONS + " to " + MOST_ITERATIONS);
            }
            if (salt.length < 8 || salt.length > 1_024 || hash.length < 16 || hash.length > 1_024) {
                throw new IllegalArgumentException("salt or hash are too short or too long");
            }
            return new PasswordHash(parts[0], iterations, salt, hash);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("iterations are no number", e);
        }
    }

    /** Whether a password is the one; takes as long if it is not. */
    boolean matches(String password) {
        return MessageDigest.isEqual(hash, derive(algorithm, password, salt, iterations, hash.length));
    }

    int iterations() {
        return iterations;
    }

    private static byte[] derive(String algorithm, String password, byte[] salt, int iterations, int bytes) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, bytes * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
        } catch (InvalidKeySpecException e) {
            throw new IllegalArgumentException("no password to make a hash of", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public String toString() {
        Base64.Encoder base64 = Base64.getEncoder();
        return algorithm + ":" + iterations + ":" + base64.encodeToString(salt) + ":" + base64.encodeToString(hash);
    }
}
