package dev.heirloom.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.backup.Samples.Everything;
import dev.heirloom.backup.Samples.Open;
import dev.heirloom.backup.Samples.Sample;
import dev.heirloom.table.TableType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files that were written by version 1 of the format are read, now and for ever: rows of every kind in tables of every
 * type, several segments each, some of which expire. {@link Samples} has written them.
 */
class OldFilesTest {
    /** When the row is due that expires first: in the year 2300. */
    private static final long NEXT_EXPIRY = 10_435_638_000_000L;

    @TempDir
    Path directory;

    private void copy(Sample sample) throws Exception {
        URI found = OldFilesTest.class.getResource("v1/" + sample.name()).toURI();
        try (Stream<Path> files = Files.list(Path.of(found))) {
            for (Path each : files.toList()) {
                Files.copy(each, directory.resolve(each.getFileName().toString()));
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".log"))).hasSizeGreaterThan(1);
        }
    }

    private Disk disk(Sample sample) {
        return new RealDisk(directory, sample.durability == Durability.EVERY_SECOND);
    }

    @ParameterizedTest
    @EnumSource
    void versionOne_isRead(Sample sample) throws Exception {
        copy(sample);
        Open open = Open.of(disk(sample), sample);
        Map<String, List<Everything>> expected = Samples.expected(sample.type);
        assertThat(open.contents()).isEqualTo(expected);
        long commits = sample.type == TableType.BAG ? 22 : 26;
        assertThat(open.table().latestCommit()).isEqualTo(commits);
        assertThat(open.table().nextExpiry()).isBetween(NEXT_EXPIRY, NEXT_EXPIRY + 999_999);
        Everything first = expected.get("key-0").get(0);
        assertThat(first.key()).isEqualTo("key-0");
        open.insert(Everything.of("new", 0));
        open.kept().close();
        Open again = Open.of(disk(sample), sample);
        assertThat(again.contents()).containsAllEntriesOf(expected).containsKey("new");
        assertThat(again.table().latestCommit()).isEqualTo(commits + 1);
        again.kept().close();
    }

    @ParameterizedTest
    @EnumSource(
            value = TableType.class,
            names = {"SET", "BAG"})
    void samples_haveNullsAndAllElse(TableType type) {
        List<Everything> rows =
                Samples.expected(type).values().stream().flatMap(List::stream).toList();
        assertThat(rows).anyMatch(row -> row.shape() == null).anyMatch(row -> row.shape() instanceof Samples.Group);
    }
}
