package dev.heirloom.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminPasswordTest {
    @TempDir
    private Path temporary;

    private final List<String> told = new ArrayList<>();
    private final List<Boolean> kept = new ArrayList<>();

    @Test
    void password_isToldOnceAndStaysValid() throws IOException {
        Path directory = temporary.resolve("data");
        PasswordHash first = open(directory).hash();
        PasswordHash second = open(directory).hash();
        assertThat(told).singleElement().satisfies(password -> {
            assertThat(password).hasSize(20);
            assertThat(first.matches(password)).isTrue();
            assertThat(second.matches(password)).isTrue();
            assertThat(Files.readString(directory.resolve(AdminPassword.FILE))).doesNotContain(password);
        });
        assertThat(kept).containsExactly(true);
    }

    @Test
    void file_isForItsOwnerOnly() throws IOException {
        Path directory = temporary.resolve("data");
        open(directory).hash();
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve(AdminPassword.FILE))))
                    .isEqualTo("rw-------");
        }
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve(AdminPassword.FILE));
        }
    }

    @Test
    void deletedFile_meansANewPassword() throws IOException {
        open(temporary).hash();
        Files.delete(temporary.resolve(AdminPassword.FILE));
        PasswordHash second = open(temporary).hash();
        assertThat(told).hasSize(2);
        assertThat(second.matches(told.get(0))).isFalse();
        assertThat(second.matches(told.get(1))).isTrue();
    }

    @Test
    void damagedFile_opensNothing() throws IOException {
        Files.writeString(temporary.resolve(AdminPassword.FILE), "PBKDF2WithHmacSHA512:2100");
        assertThatIllegalStateException()
                .isThrownBy(() -> open(temporary).hash())
                .withMessageContaining(AdminPassword.FILE)
                .withMessageContaining("delete it");
        assertThat(told).isEmpty();
    }

    @Test
    void directoryThatCannotBeMade_isToldOf() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        PasswordHash hash = open(file.resolve("data")).hash();
        assertThat(kept).containsExactly(false);
        assertThat(hash.matches(told.get(0))).isTrue();
    }

    private AdminPassword open(Path directory) {
        return new AdminPassword(directory, (password, file, isKept) -> {
            told.add(password);
            kept.add(isKept);
        });
    }
}
