package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.Deployments;
import dev.heirloom.rest.Http;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of an application stays in the server when it is undeployed, but for named zombies. */
class RedeployIT {
    @Test
    void undeploy_leavesNoThreadAndNoClassLoader(@TempDir Path directory) throws Exception {
        List<String> output = run(
                export(directory, ShrinkWrap.create(JavaArchive.class).addClass(RedeployDriver.class)),
                export(
                        directory,
                        ShrinkWrap.create(WebArchive.class, "trivial.war").addClass(TrivialApplication.class)),
                export(
                        directory,
                        Deployments.bundled(
                                RedeployedApplication.class,
                                Scripted.class,
                                SupervisedTables.Item.class,
                                Expected.class)));

        assertThat(results(output, "trivial.left"))
                .as("what the server itself keeps")
                .containsExactly("[]");
        assertThat(results(output, "busy.threads")).hasSize(3).containsOnly("[]");
        assertThat(results(output, "busy.followed"))
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).contains(" 200 "));
        assertThat(results(output, "busy.end"))
                .as("the last event after it was undeployed, and the connection closed")
                .hasSize(3)
                .containsOnly("nothing");
        assertThat(results(output, "busy.outcomes").get(0))
                .contains("TableClosedException")
                .doesNotContain("applied", "Unknown", "Died");
        assertThat(Stream.of(results(output, "busy.counts").get(0).split(" ")).map(Integer::valueOf))
                .as("what the durable table had at each deployment")
                .hasSize(3)
                .startsWith(0)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(results(output, "stubborn.threads").get(0)).startsWith("[heirloom waiting ServingConsumer#");
        assertThat(results(output, "stubborn.left")).containsExactly("1");
        assertThat(output)
                .anySatisfy(line -> assertThat(line)
                        .contains("Left running, for it does not end: heirloom waiting ServingConsumer#"));
        assertThat(output).noneSatisfy(line -> assertThat(line).contains("action of the table manager failed"));
        assertThat(results(output, "released.threads")).containsExactly("[]");
        assertThat(results(output, "busy.left")).containsExactly("[]");
    }

    private static List<String> results(List<String> output, String name) {
        String prefix = "RESULT " + name + "=";
        return output.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    private static List<String> run(Path driver, Path trivial, Path busy) throws IOException, InterruptedException {
        Path micro = Path.of(System.getProperty("payara.microJar"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        try (JarFile jar = new JarFile(micro.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            for (String target : manifest.getValue("Add-Opens").split(" ", -1)) {
                command.add("--add-opens=" + target + "=ALL-UNNAMED");
            }
            for (String target : manifest.getValue("Add-Exports").split(" ", -1)) {
                command.add("--add-exports=" + target + "=ALL-UNNAMED");
            }
        }
        String preBoot = Files.readString(Path.of(System.getProperty("heirloom.loopback")))
                .strip();
        command.addAll(List.of(
                "-Xmx512m",
                "-Dheirloom.admin.password=" + Http.ADMIN_PASSWORD,
                "-Dheirloom.data-dir=" + driver.resolveSibling("data"),
                "-XX:SoftRefLRUPolicyMSPerMB=0", // what is only softly reachable is no leak
                "-cp",
                micro + File.pathSeparator + driver, // nothing of the archives: the parent would win
                RedeployDriver.class.getName(),
                String.valueOf(freePort()),
                preBoot,
                trivial.toString(),
                busy.toString(),
                Http.basic("admin", Http.ADMIN_PASSWORD)));
        Process server = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            List<String> output = new ArrayList<>();
            try (var reader = server.inputReader(StandardCharsets.UTF_8)) {
                reader.lines().forEach(line -> {
                    System.out.println(line);
                    output.add(line);
                });
            }
            assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(server.exitValue()).isZero();
            return output;
        } finally {
            server.destroyForcibly();
        }
    }

    private static Path export(Path directory, Archive<?> archive) throws IOException {
        File file = Files.createTempFile(directory, "", archive.getName()).toFile();
        archive.as(ZipExporter.class).exportTo(file, true);
        return file.toPath();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
