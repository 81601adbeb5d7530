package dev.heirloom.security;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/**
 * The password of the administrator where none is set: made up at the first start, told once, and from then on known to
 * this file only as a hash. Whoever has lost it deletes the file and starts again.
 */
final class AdminPassword {
    static final String FILE = ".admin-password";

    private static final int LENGTH = 20; // of 32 characters each: 100 bits

    /** Without those that look alike. */
    private static final String CHARACTERS = "abcdefghijkmnpqrstuvwxyz23456789";

    /** Tells whoever starts the server. */
    interface Announcement {
        /**
         * Tells of a password that was made.
         *
         * @param kept whether it will be the same at the next start
         */
        void made(String password, Path file, boolean kept);
    }

    private final Path file;
    private final Announcement announcement;

    AdminPassword(Path directory, Announcement announcement) {
        this.file = directory.toAbsolutePath().normalize().resolve(FILE);
        this.announcement = announcement;
    }

    /**
     * The hash of the one that was made; makes one if there is none.
     *
     * @throws IllegalStateException if the file is there but has no hash, or cannot be read
     */
    PasswordHash hash() {
        if (!Files.exists(file)) {
            return made();
        }
        try {
            return PasswordHash.parse(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + " has " + e.getMessage() + "; delete it to have a new password", e);
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read: " + e, e);
        }
    }

    private PasswordHash made() {
        String password = random();
        PasswordHash hash = PasswordHash.of(password);
        boolean kept = true;
        try {
            keep(hash);
        } catch (IOException e) {
            kept = false;
        }
        announcement.made(password, file, kept);
        return hash;
    }

    /** All of it or nothing, for its owner only. */
    private void keep(PasswordHash hash) throws IOException {
        Path directory = file.getParent();
        Files.createDirectories(directory, permissions(directory, "rwx------"));
        Path temporary = directory.resolve(FILE + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                permissions(directory, "rw-------"))) {
            channel.write(StandardCharsets.US_ASCII.encode(hash + "\n"));
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static String random() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            password.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return password.toString();
    }
}
