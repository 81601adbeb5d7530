package dev.heirloom.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MappedFileTest {
    private static final int PAGE = 4096;

    @TempDir
    private Path directory;

    private MappedFile create(int size, int window) throws IOException {
        return (MappedFile) new RealDisk(directory, true, window).create("file", size, new byte[0]);
    }

    @Test
    void whateverTheWindows_whatIsWrittenIsRead() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        for (int window : new int[] {1, 7, 8, 100, PAGE, 100_000}) {
            MappedFile file = create(3000, window);
            byte[] expected = new byte[3000];
            int at = 0;
            while (at < 2900) {
                byte[] part = new byte[1 + random.nextInt(90)];
                random.nextBytes(part);
                System.arraycopy(part, 0, expected, at, part.length);
                file.write(at, part, 0, part.length);
                at += part.length;
                if (random.nextInt(10) == 0) {
                    file.force(0, at);
                }
            }
            assertThat(contents(file)).isEqualTo(expected);
            file.finish();
            file.force(0, 3000);
            assertThat(contents(file)).isEqualTo(expected);
            assertThat(Files.readAllBytes(directory.resolve("file"))).isEqualTo(expected);
        }
    }

    private static byte[] contents(MappedFile file) throws IOException {
        byte[] read = new byte[file.size() + 2];
        file.read(0, read, 1, file.size());
        return Arrays.copyOfRange(read, 1, read.length - 1);
    }

    @Test
    void parts_areWrittenFromWhereverTheyAre() throws IOException {
        MappedFile file = create(100, 10);
        byte[] bytes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        file.write(5, bytes, 3, 12);
        byte[] read = new byte[14];
        file.read(4, read, 0, 14);
        assertThat(read).containsExactly(0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0);
    }

    @Test
    void openedAgain_isWrittenOnAnywhere() throws IOException {
        create(5 * PAGE, PAGE).close();
        Disk.LogFile file = new RealDisk(directory, true, PAGE).open("file");
        for (int at : new int[] {3 * PAGE, 0, 4 * PAGE - 1, 2 * PAGE}) { // as recovery does
            file.write(at, new byte[] {1, 2}, 0, 2);
        }
        byte[] read = new byte[5 * PAGE];
        file.read(0, read, 0, read.length);
        assertThat(read)
                .satisfies(all -> assertThat(all[0] + all[2 * PAGE] + all[3 * PAGE] + all[4 * PAGE - 1])
                        .isEqualTo(4));
        file.force(0, 5 * PAGE);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatTheWriterHasLeft_isNotMappedOnceItIsForced() throws IOException {
        MappedFile file = create(5 * PAGE, PAGE);
        assertThat(mapped()).isEqualTo(5 * PAGE);
        file.write(0, new byte[2 * PAGE], 0, 2 * PAGE);
        file.write(2 * PAGE, new byte[8], 0, 8);
        file.force(0, 2 * PAGE);
        assertThat(mapped()).isEqualTo(3 * PAGE);
        file.write(2 * PAGE + 8, new byte[8], 0, 8);
        assertThat(open()).isOne();
        file.finish();
        file.force(0, 5 * PAGE);
        assertThat(mapped()).isZero();
        assertThat(open()).isZero();
        file.force(0, 5 * PAGE);
    }

    /** How many bytes of the file are mapped by this process. */
    private long mapped() throws IOException {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.filter(line -> line.endsWith(directory.resolve("file").toString()))
                    .map(line -> line.substring(0, line.indexOf(' ')).split("-", 2))
                    .mapToLong(ends -> Long.parseLong(ends[1], 16) - Long.parseLong(ends[0], 16))
                    .sum();
        }
    }

    /** How often the file is open. */
    private long open() throws IOException {
        long open = 0;
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path each : all.toList()) {
                if (Files.exists(each) && Files.isSameFile(each, directory.resolve("file"))) {
                    open++;
                }
            }
        }
        return open;
    }
}
