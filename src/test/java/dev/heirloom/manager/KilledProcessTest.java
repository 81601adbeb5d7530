package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Durability;
import dev.heirloom.manager.KilledWriter.Entry;
import dev.heirloom.ownership.TableRef;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A process that writes as fast as it can is killed at any moment, again and again: what it had acknowledged is there,
 * nothing is half there, and the epoch only grows.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class KilledProcessTest {
    private static final int KILLS = Integer.getInteger("heirloom.kills", 20);
    private static final int KEYS = KilledWriter.KEYS;

    @ParameterizedTest
    @EnumSource(names = {"EVERY_SECOND", "ALWAYS"})
    void killedAtAnyMoment_whatWasAcknowledgedIsThere(Durability durability, @TempDir Path directory) throws Exception {
        SplittableRandom random = new SplittableRandom();
        long epoch = 0;
        long written = 0;
        for (int i = 0; i < KILLS; i++) {
            Process writer = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            location(KilledWriter.class) + File.pathSeparator + location(TestTables.class),
                            KilledWriter.class.getName(),
                            directory.toString(),
                            durability.name())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            long acknowledged = written;
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.US_ASCII))) {
                String first = out.readLine();
                assertThat(first).startsWith("epoch ");
                long itsEpoch = Long.parseLong(first.substring(6));
                assertThat(itsEpoch).isGreaterThan(epoch);
                epoch = itsEpoch;
                int units = 1 + random.nextInt(5_000);
                for (int read = 0; read < units; read++) {
                    acknowledged = Long.parseLong(out.readLine());
                }
                writer.toHandle().destroyForcibly(); // which leaves what it has printed to be read
                String line = out.readLine();
                for (; line != null && line.matches("[0-9]+"); line = out.readLine()) {
                    acknowledged = Math.max(acknowledged, whole(line, acknowledged));
                }
            } finally {
                writer.destroyForcibly();
                assertThat(writer.waitFor(2, TimeUnit.MINUTES)).isTrue();
            }
            written = check(directory, durability, acknowledged);
        }
    }

    private static String location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /** The last line may be torn. */
    private static long whole(String line, long before) {
        long number = Long.parseLong(line);
        return number <= before + 64 ? number : before;
    }

    /** The number of the latest unit of work that is there, whole. */
    private static long check(Path directory, Durability durability, long acknowledged) throws IOException {
        TableSpec<String, Entry> spec = KilledWriter.spec(durability);
        try (TestTables tables = TestTables.in(directory, spec)) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> tables.status(spec).isOwned());
            TableRef<String, Entry> entries = tables.ref(spec);
            long last = entries.find("last").orElseThrow().unit();
            assertThat(last).isGreaterThanOrEqualTo(acknowledged);
            for (long unit = Math.max(1, last - KEYS / 2 + 1); unit <= last; unit++) {
                assertThat(entries.find("k" + unit % KEYS)).contains(Entry.of(unit));
            }
            assertThat(entries.size()).isEqualTo(Math.min(last, KEYS / 2) + 1);
            return last;
        }
    }
}
