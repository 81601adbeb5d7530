package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heirloom.Deployments;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every command in docs/operations.md does what it says there. Needs bash, curl and tar. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class OperationsIT {
    private static final Path DOCUMENT = Path.of("docs/operations.md");
    private static final Pattern BLOCK = Pattern.compile("^```sh\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final String EXPECTED = "# => ";
    private static final String DATA = "operations-data";

    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.application(
                "heirloom.chaos=true", "heirloom.demo=false", "heirloom.data-dir=" + dataDirectory());
    }

    private static Path dataDirectory() {
        return Path.of(System.getProperty("heirloom.artifact"))
                .resolveSibling(DATA)
                .toAbsolutePath();
    }

    @ArquillianResource
    private URI base;

    @TempDir
    private Path directory;

    @Test
    void everyCommand_doesWhatTheDocumentSays() throws Exception {
        Http http = new Http(base);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> http.get("api/tables/calls").body().contains("\"state\":\"Owned\""));
        List<String> blocks = blocks(Files.readString(DOCUMENT));
        assertThat(blocks).hasSizeGreaterThan(5);
        for (String block : blocks) {
            for (Step step : steps(block)) {
                String output = run(step.commands());
                assertThat(output).as(step.commands()).contains(step.expected());
            }
        }
    }

    private record Step(String commands, String expected) {}

    private static List<String> blocks(String document) {
        List<String> blocks = new ArrayList<>();
        Matcher found = BLOCK.matcher(document);
        while (found.find()) {
            blocks.add(found.group(1));
        }
        return blocks;
    }

    /** The commands up to each expectation, which is about what the last of them print together. */
    private static List<Step> steps(String block) {
        List<Step> steps = new ArrayList<>();
        StringBuilder commands = new StringBuilder();
        for (String line : block.lines().toList()) {
            if (line.startsWith(EXPECTED)) {
                steps.add(new Step(commands.toString(), line.substring(EXPECTED.length())));
                commands.setLength(0);
            } else {
                commands.append(line).append('\n');
            }
        }
        assertThat(commands.toString().strip())
                .as("commands whose output nobody checks")
                .isEmpty();
        return steps;
    }

    private String run(String commands) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                .redirectErrorStream(true)
                .directory(directory.toFile());
        String application = base.toString();
        builder.environment().put("BASE", application.substring(0, application.length() - 1));
        builder.environment().put("SERVER", base.resolve("/").toString().replaceAll("/$", ""));
        builder.environment().put("USER", "admin:" + Http.ADMIN_PASSWORD);
        builder.environment().put("DATA", dataDirectory().toString());
        builder.environment().put("BACKUP", directory.toString());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String output;
            try (InputStream in = process.getInputStream()) {
                output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(commands).isTrue();
            assertThat(process.exitValue()).as(commands + output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
