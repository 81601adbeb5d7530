package dev.heirloom.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The directory for files on their way in or out: {@code @exports} in the data directory, which no table is called. Only
 * the owner of the process may read them. What a former process has left there is deleted once it is old. Thread-safe.
 */
@ApplicationScoped
public class Spool {
    private static final System.Logger LOG = System.getLogger(Spool.class.getName());
    private static final String NAME = "@exports";

    /** Nothing takes that long, and no job is kept for so long. */
    private static final Duration OLD = Duration.ofDays(1);

    private final Path directory;

    /** For the container's proxy. */
    Spool() {
        this("");
    }

    @Inject
    Spool(@ConfigProperty(name = "heirloom.data-dir", defaultValue = "heirloom-data") String dataDirectory) {
        directory = Path.of(dataDirectory, NAME).toAbsolutePath();
    }

    Path directory() {
        return directory;
    }

    /**
     * A new file, to be deleted by whoever wants it.
     *
     * @throws IOException if there can be none
     */
    Path create() throws IOException {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        Files.createDirectories(directory, posix ? owner("rwx------") : new FileAttribute<?>[0]);
        deleteOld();
        return Files.createTempFile(directory, "", ".tmp", posix ? owner("rw-------") : new FileAttribute<?>[0]);
    }

    private static FileAttribute<?>[] owner(String permissions) {
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    private void deleteOld() throws IOException {
        Instant before = Instant.now().minus(OLD);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.tmp")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.log(Level.DEBUG, "Deleted by somebody else: {0}", e.getFile());
        }
    }
}
