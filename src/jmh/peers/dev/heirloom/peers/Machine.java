package dev.heirloom.peers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the figures were taken on and with. */
final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Pattern LIBRARY =
            Pattern.compile("(caffeine|hazelcast|infinispan-core|h2-mvstore|jedis)-(\\d.*)\\.jar");

    private Machine() {}

    /** Lines of Markdown. */
    static List<String> describe(String heap) {
        Runtime runtime = Runtime.getRuntime();
        return List.of(
                "- " + LocalDate.now(ZoneId.systemDefault()) + ", " + runtime.availableProcessors() + " processors ("
                        + processor() + "), " + System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                String.format(
                        Locale.ROOT,
                        "- %s %s, G1, a heap of %s; memory: the serial collector",
                        System.getProperty("java.vm.name"),
                        Runtime.version(),
                        heap),
                "- " + libraries() + programs());
    }

    private static String processor() {
        if (!Files.isReadable(PROCESSORS)) {
            return "unknown";
        }
        try (var lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String libraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> LIBRARY.matcher(Path.of(entry).getFileName().toString()))
                .filter(Matcher::matches)
                .map(jar -> jar.group(1) + " " + jar.group(2))
                .collect(Collectors.joining(", "));
    }

    private static String programs() {
        List<String> found = new ArrayList<>();
        if (Programs.installed(RedisServer.PROGRAM)) {
            found.add(String.join("", Commands.run(List.of(RedisServer.PROGRAM, "--version")))
                    .replaceFirst(".*v=(\\S+).*", "Redis $1"));
        }
        if (Programs.installed(Ets.PROGRAM)) {
            found.add("Erlang/OTP " + Ets.version());
        }
        return found.stream().map(each -> ", " + each).collect(Collectors.joining());
    }
}
