package dev.heirloom;

import cz.jirutka.rsql.parser.RSQLParser;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.Asset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Builds the archives that the container tests deploy. */
public final class Deployments {
    /** Where the build puts what it makes, without the ending. */
    private static final String ARTIFACT = System.getProperty("heirloom.artifact");

    private static final String CONFIG = "META-INF/microprofile-config.properties";

    private Deployments() {}

    /** Heirloom as another application bundles it: as a library; with the classes of a test and what they need. */
    public static WebArchive bundled(Class<?>... testClasses) {
        return ShrinkWrap.create(WebArchive.class, "test.war")
                .addClasses(testClasses)
                .addAsLibrary(new File(ARTIFACT + "-classes.jar"), "heirloom.jar")
                .addAsLibraries(jars(Assertions.class, Awaitility.class, Matcher.class, RSQLParser.class));
    }

    /** The WAR as it was built, with settings besides its own, and a directory for its tables that nobody has used. */
    public static WebArchive application(String... settings) {
        WebArchive war = ShrinkWrap.createFromZipFile(WebArchive.class, new File(ARTIFACT + ".war"));
        String own = text(war.delete("WEB-INF/classes/" + CONFIG).getAsset());
        return war.addAsResource(new StringAsset(own + dataDirectory() + "\n" + String.join("\n", settings)), CONFIG);
    }

    private static String dataDirectory() {
        Path directory = Path.of(ARTIFACT)
                .resolveSibling("data")
                .resolve(UUID.randomUUID().toString());
        return "\nheirloom.data-dir=" + directory.toAbsolutePath().toString().replace("\\", "/");
    }

    private static String text(Asset asset) {
        try (InputStream in = asset.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static File[] jars(Class<?>... classes) {
        return Stream.of(classes).map(Deployments::jar).toArray(File[]::new);
    }

    private static File jar(Class<?> of) {
        try {
            return new File(
                    of.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
