package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Generated;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * OpenAPI Generator, as somebody runs it who wants a client of the API: in a process of its own, from the jar that the build
 * puts beside the tests. That brings Jackson, which the client uses, too.
 */
final class ClientGenerator {
    private static final Path TOOLS = Path.of(System.getProperty("heirloom.tools", "target/tools"));
    private static final String JAR = TOOLS.resolve("openapi-generator.jar").toString();
    private static final String PACKAGE = "dev.heirloom.client";
    private static final long SECONDS = 240;

    private final Path directory;
    private final Path document;
    private final Path sources;
    private final Path classes;

    /** @param directory for everything that is made */
    ClientGenerator(Path directory) {
        this.directory = directory;
        document = directory.resolve("openapi.json");
        sources = directory.resolve("client");
        classes = directory.resolve("classes");
    }

    /** Fails with what is wrong with a description. */
    void validate(String description) throws IOException {
        Files.writeString(document, description);
        String said = java(List.of("-jar", JAR, "validate", "-i", document.toString()));
        assertThat(said).contains("No validation issues detected");
    }

    void generate(String description) throws IOException {
        Files.writeString(document, description);
        java(List.of(
                "-jar",
                JAR,
                "generate",
                "-i",
                document.toString(),
                "-o",
                sources.toString(),
                "-g",
                "java",
                "--library",
                "native",
                "--invoker-package",
                PACKAGE,
                "--api-package",
                PACKAGE + ".api",
                "--model-package",
                PACKAGE + ".model",
                "--additional-properties",
                "openApiNullable=false,useJakartaEe=true,hideGenerationTimestamp=true",
                "--global-property",
                "apis,models,supportingFiles,apiTests=false,modelTests=false,apiDocs=false,modelDocs=false"));
    }

    /** Compiles what was generated together with the sources of the tests of it. */
    void compile() throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> generated = Files.walk(sources.resolve("src/main/java"))) {
            generated.filter(each -> each.toString().endsWith(".java")).forEach(all::add);
        }
        all.add(copied("SmokeTest.java"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        Files.createDirectories(classes);
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-proc:none", "-nowarn", "-parameters", "-d", classes.toString(), "-cp", classPath());
            boolean good = compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(all))
                    .call();
            assertThat(good).as("the generated client compiles: %s", said).isTrue();
        }
    }

    /** Runs a class beside the client; gives what it wrote. */
    String run(String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("-cp", classes + File.pathSeparator + classPath(), main));
        command.addAll(List.of(arguments));
        return java(command);
    }

    private Path copied(String source) throws IOException {
        Path copy = directory.resolve(source);
        try (InputStream in = ClientGenerator.class.getResourceAsStream("/generated-client/" + source)) {
            Files.copy(in, copy);
        }
        return copy;
    }

    private static String classPath() throws IOException {
        try (Stream<Path> tools = Files.list(TOOLS)) {
            Path annotations = Path.of(Generated.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Stream.concat(tools, Stream.of(annotations))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private String java(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(arguments);
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
            String said = Files.readString(output);
            assertThat(ended).as("ended in time: %s", said).isTrue();
            assertThat(process.exitValue()).as("exit value; it said: %s", said).isZero();
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
