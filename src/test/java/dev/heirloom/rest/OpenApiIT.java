package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.heirloom.Deployments;
import dev.heirloom.rest.ApiDocument.Operation;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The description of the API that the server gives: valid, and complete for every method of every resource. From it a
 * client is generated, compiled, and used.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class OpenApiIT {
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}:]+)(:[^}]*)?}");

    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.application("heirloom.chaos=true");
    }

    @ArquillianResource
    private URI base;

    private String text;
    private ApiDocument document;
    private List<Operation> operations;

    @BeforeEach
    void read() {
        RawHttp.Answer answer = new RawHttp(base)
                .send(
                        Probe.of("", "GET", "/openapi")
                                .with("Accept: application/json")
                                .head(),
                        RawHttp.Body.NONE);
        assertThat(answer.status()).isEqualTo(200);
        text = answer.body();
        document = ApiDocument.parse(text);
        operations = document.operations();
    }

    /** A method of a resource, as the annotations of Jakarta REST say. */
    private record Resource(Class<?> type, Method java, String method, String path) {
        String key() {
            return method + " /api/" + VARIABLE.matcher(path).replaceAll("{$1}");
        }

        boolean isOpen() {
            return java.isAnnotationPresent(PermitAll.class)
                    || java.isAnnotationPresent(Open.class)
                    || (type.isAnnotationPresent(PermitAll.class) && !java.isAnnotationPresent(RolesAllowed.class));
        }
    }

    private static List<Resource> resources() {
        List<Resource> found = new ArrayList<>();
        for (JavaClass each : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.heirloom")) {
            if (each.isAnnotatedWith(Path.class)) {
                Class<?> type = each.reflect();
                Stream.of(type.getDeclaredMethods())
                        .forEach(java -> methodOf(java).ifPresent(method -> {
                            String root = type.getAnnotation(Path.class).value();
                            Path path = java.getAnnotation(Path.class);
                            found.add(
                                    new Resource(type, java, method, path == null ? root : root + "/" + path.value()));
                        }));
            }
        }
        return found;
    }

    private static Optional<String> methodOf(Method java) {
        return Stream.of(java.getAnnotations())
                .map(Annotation::annotationType)
                .filter(each -> each.isAnnotationPresent(HttpMethod.class))
                .map(each -> each.getAnnotation(HttpMethod.class).value())
                .findAny();
    }

    @Test
    void describesEveryMethodOfEveryResource_andNothingElse() {
        Set<String> written = resources().stream().map(Resource::key).collect(Collectors.toCollection(TreeSet::new));
        Set<String> described = operations.stream()
                .map(each -> each.method() + " " + VARIABLE.matcher(each.path()).replaceAll("{$1}"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(written).hasSizeGreaterThan(8);
        assertThat(described).isEqualTo(written);
    }

    @Test
    void everyOperation_hasAnIdOfItsOwn_aSummaryAndATag() {
        assertThat(operations).allSatisfy(each -> {
            assertThat(each.id()).as(each.toString()).matches("[a-z]\\w+");
            assertThat(each.json().getString("summary", "")).as(each.toString()).isNotBlank();
            assertThat(each.json().containsKey("tags")).as("%s has tags", each).isTrue();
        });
        assertThat(operations.stream().map(Operation::id)).doesNotHaveDuplicates();
    }

    @Test
    void everyParameterOfAPath_isDescribed() {
        assertThat(operations).allSatisfy(each -> {
            Set<String> named = VARIABLE.matcher(each.path())
                    .results()
                    .map(match -> match.group(1))
                    .collect(Collectors.toSet());
            Set<String> described = each.parametersIn("path").stream()
                    .map(parameter -> parameter.getString("name"))
                    .collect(Collectors.toSet());
            assertThat(described).as(each.toString()).isEqualTo(named);
        });
        assertThat(operations)
                .allSatisfy(each -> assertThat(each.parameters())
                        .as(each.toString())
                        .allSatisfy(parameter -> {
                            assertThat(parameter.containsKey("schema"))
                                    .as("schema of %s", parameter)
                                    .isTrue();
                            boolean path = parameter.getString("in").equals("path");
                            assertThat(!path || parameter.getBoolean("required", false))
                                    .as("required: %s", parameter)
                                    .isTrue();
                        }));
    }

    @Test
    void everyBody_hasASchema() {
        List<String> without = new ArrayList<>();
        for (Operation each : operations) {
            if (each.json().containsKey("requestBody")) {
                JsonObject body = document.resolve(each.json().getJsonObject("requestBody"));
                without(body, each + " takes", without);
            }
            each.responses().forEach((status, response) -> {
                JsonObject content = each.contentOf(response);
                boolean success = status.startsWith("2");
                boolean mayBeEmpty = status.equals("204") || status.equals("202") || status.equals("201");
                if (content.isEmpty() && success && !mayBeEmpty) {
                    without.add(each + " answers " + status + " with nothing");
                }
                without(document.resolve(response.asJsonObject()), each + " answers " + status, without);
            });
        }
        assertThat(without).isEmpty();
    }

    private static void without(JsonObject body, String what, List<String> found) {
        if (body.containsKey("content")) {
            body.getJsonObject("content").forEach((type, media) -> {
                if (!media.asJsonObject().containsKey("schema")) {
                    found.add(what + " " + type + " of no schema");
                }
            });
        }
    }

    @Test
    void everyFailure_isProblemDetails() {
        List<String> others = new ArrayList<>();
        for (Operation each : operations) {
            assertThat(each.responses().keySet()).as(each.toString()).anyMatch(status -> status.startsWith("2"));
            each.responses().forEach((status, response) -> {
                JsonObject content = each.contentOf(response);
                if (status.startsWith("4") || status.startsWith("5")) {
                    JsonValue media = content.get(Problem.MEDIA_TYPE);
                    String schema = media == null
                            ? ""
                            : String.valueOf(media.asJsonObject().get("schema"));
                    if (content.size() != 1 || !schema.contains("#/components/schemas/Problem")) {
                        others.add(each + " " + status + ": " + content);
                    }
                }
            });
            boolean named = !each.parametersIn("path").isEmpty();
            // What makes the thing that its path names has nothing to miss.
            boolean makesIt = each.method().equals("PUT") && each.responses().containsKey("201");
            if (named && !makesIt && !each.responses().containsKey("404")) {
                others.add(each + " names something in its path, and never answers 404");
            }
        }
        assertThat(others).isEmpty();
    }

    @Test
    void operationsThatNeedAUser_sayHowToLogIn() {
        List<Resource> resources = resources();
        assertThat(document.securitySchemes().keySet()).contains("basicAuth", "bearerAuth", "sessionCookie");
        if (resources.stream().noneMatch(each -> each.java().isAnnotationPresent(RolesAllowed.class))) {
            return; // nobody is asked who they are
        }
        Map<String, Resource> byKey =
                resources.stream().collect(Collectors.toMap(Resource::key, each -> each, (one, other) -> one));
        assertThat(operations).allSatisfy(each -> {
            Resource resource = byKey.get(
                    each.method() + " " + VARIABLE.matcher(each.path()).replaceAll("{$1}"));
            String security = String.valueOf(each.json().get("security"));
            if (resource.isOpen()) {
                assertThat(security).as(each.toString()).isIn("null", "[]");
            } else {
                assertThat(security).as(each.toString()).contains("basicAuth", "bearerAuth", "sessionCookie");
                assertThat(each.responses()).as(each.toString()).containsKeys("401", "403");
            }
        });
    }

    /** What generators make of a schema with less than this is of no use, and validators refuse some. */
    @Test
    void everySchema_saysWhatItIs() {
        List<String> vague = new ArrayList<>();
        document.schemas().forEach((name, schema) -> look(name, schema.asJsonObject(), vague));
        assertThat(vague).isEmpty();
        assertThat(text).doesNotContain("\"maxProperties\":0");
        Matcher reference = Pattern.compile("\"#/components/schemas/([^\"]+)\"").matcher(text);
        assertThat(reference.results().map(each -> each.group(1)).distinct())
                .isSubsetOf(document.schemas().keySet());
    }

    private static void look(String where, JsonObject schema, List<String> vague) {
        if (schema.containsKey("items")) {
            JsonObject items = schema.getJsonObject("items");
            if (items.isEmpty()) {
                vague.add(where + ": an array of what? @Schema(type = ARRAY, implementation = ...)");
            }
            look(where + "[]", items, vague);
        }
        if (schema.containsKey("properties")) {
            schema.getJsonObject("properties").forEach((name, property) -> {
                JsonObject of = property.asJsonObject();
                if (of.getString("type", "").equals("object")
                        && Stream.of("properties", "additionalProperties").noneMatch(of::containsKey)) {
                    vague.add(where + "." + name + ": an object? Instants need @Schema(format = \"date-time\")");
                }
                look(where + "." + name, of, vague);
            });
        }
    }

    @Test
    void server_isWhereTheApplicationIs() {
        String path = URI.create(server()).getPath() + "/api/tables";
        RawHttp.Answer answer = new RawHttp(base).send(Probe.of("", "GET", path).head(), RawHttp.Body.NONE);
        assertThat(answer.status()).as(path).isIn(200, 401);
    }

    private String server() {
        return document.root().getJsonArray("servers").getJsonObject(0).getString("url");
    }

    @Test
    void document_isValid(@TempDir java.nio.file.Path directory) throws IOException {
        new ClientGenerator(directory).validate(text);
    }

    @Test
    void generatedClient_works(@TempDir java.nio.file.Path directory) throws Exception {
        ClientGenerator generator = new ClientGenerator(directory);
        generator.generate(text);
        generator.compile();
        assertThat(generator.run("SmokeTest", server(), "admin", Http.ADMIN_PASSWORD))
                .contains("all is well");
    }
}
