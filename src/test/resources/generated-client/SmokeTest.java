import dev.heirloom.client.ApiClient;
import dev.heirloom.client.ApiException;
import dev.heirloom.client.api.CallsApi;
import dev.heirloom.client.api.TablesApi;
import dev.heirloom.client.model.Calls;
import dev.heirloom.client.model.Problem;
import dev.heirloom.client.model.Table;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Uses a server through the client that was generated from its description. Arguments: the URL of the application, a user, a
 * password. Compiled with the client, not with the tests. What the API may or may not have is looked for by the id of its
 * operation.
 */
public final class SmokeTest {
    private final ApiClient client = new ApiClient();

    private SmokeTest(String url, String user, String password) {
        String credentials =
                Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        client.updateBaseUri(url);
        client.setRequestInterceptor(request -> request.header("Authorization", "Basic " + credentials));
    }

    public static void main(String[] arguments) throws Exception {
        SmokeTest test = new SmokeTest(arguments[0], arguments[1], arguments[2]);
        test.readsTablesAndCalls();
        test.readsProblems();
        System.out.println(test.changesRows() ? "rows were changed" : "no rows to change");
        System.out.println("all is well");
    }

    private void readsTablesAndCalls() throws ApiException {
        TablesApi tables = new TablesApi(client);
        List<Table> all = tables.listTables();
        check(all.stream().anyMatch(each -> each.getName().equals("calls")), "a table called calls: " + all);
        Table calls = tables.getTable("calls");
        check(calls.getAccess() == Table.AccessEnum.PROTECTED, "protected: " + calls);
        check(calls.getSince().toEpochSecond() > 0, "an instant: " + calls);
        check(calls.getZombies().isEmpty(), "a list: " + calls);
        Calls listed = new CallsApi(client).listCalls(10);
        check(listed.getCalls().isEmpty() && listed.getOngoing() != null, "no calls: " + listed);
    }

    private void readsProblems() throws Exception {
        try {
            new TablesApi(client).getTable("no/such table");
            throw new AssertionError("a table that there is not");
        } catch (ApiException e) {
            check(e.getCode() == 404, "404: " + e.getCode());
            Problem problem = client.getObjectMapper().readValue(e.getResponseBody(), Problem.class);
            check(problem.getStatus() == 404, "status: " + problem);
            check(problem.getType().toString().endsWith("no-such-table"), "type: " + problem);
            check(problem.getDetail().contains("no/such table"), "detail: " + problem);
        }
    }

    /** Makes a table, and puts, reads, patches, finds, exports and deletes a row of it. */
    private boolean changesRows() throws Exception {
        if (method("putRow").isEmpty()) {
            return false;
        }
        Map<String, Object> table = Map.of("name", "smoke");
        Map<String, Object> row = Map.of("name", "smoke", "key", "a");
        call("makeTable", table, "{\"type\":\"set\",\"access\":\"public\",\"key\":\"id\",\"keyType\":\"string\"}");
        call("putRow", row, "{\"id\":\"a\",\"n\":1}");
        check(json(call("getRow", row, null)).contains("\"n\":1"), "the row that was put");
        call("patchRow", row, "{\"n\":2}");
        String found = json(call("listRows", Map.of("name", "smoke", "where", "n==2"), null));
        check(found.contains("\"id\":\"a\""), "the row that was patched: " + found);
        if (method("exportTable").isPresent()) {
            Object exported = call("exportTable", table, null);
            String lines = exported instanceof java.io.File file ? Files.readString(Path.of(file.getPath())) : json(exported);
            check(lines.contains("a"), "an export: " + lines);
        }
        call("deleteRow", row, null);
        try {
            call("getRow", row, null);
            throw new AssertionError("a row that was deleted");
        } catch (ApiException e) {
            check(e.getCode() == 404, "404: " + e);
        }
        call("deleteTable", table, null);
        return true;
    }

    private String json(Object value) throws Exception {
        return client.getObjectMapper().writeValueAsString(value);
    }

    /** Calls an operation by its id, with parameters by their names; a parameter that is no text takes the body. */
    private Object call(String operation, Map<String, Object> parameters, String body) throws Exception {
        Method method = method(operation).orElseThrow(() -> new AssertionError("there is no operation " + operation));
        Object[] values = new Object[method.getParameterCount()];
        for (int i = 0; i < values.length; i++) {
            Parameter each = method.getParameters()[i];
            values[i] = parameters.get(each.getName());
            if (body != null && values[i] == null && !isSimple(each.getType())) {
                values[i] = client.getObjectMapper()
                        .readValue(body, client.getObjectMapper().constructType(each.getParameterizedType()));
            }
        }
        try {
            Object api = method.getDeclaringClass().getConstructor(ApiClient.class).newInstance(client);
            return method.invoke(api, values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static boolean isSimple(Class<?> type) {
        return type == String.class || Number.class.isAssignableFrom(type) || type == Boolean.class || type == URI.class
                || type.isEnum();
    }

    /** The shortest of its overloads: the others take headers, too. */
    private static Optional<Method> method(String operation) throws Exception {
        Path apis = Path.of(TablesApi.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .resolve("dev/heirloom/client/api");
        try (Stream<Path> files = Files.list(apis)) {
            return files.map(each -> each.getFileName().toString())
                    .filter(each -> each.endsWith("Api.class"))
                    .flatMap(each -> methods(each.replace(".class", "")))
                    .filter(each -> each.getName().equals(operation) && Modifier.isPublic(each.getModifiers()))
                    .min(Comparator.comparingInt(Method::getParameterCount));
        }
    }

    private static Stream<Method> methods(String api) {
        try {
            return Arrays.stream(Class.forName("dev.heirloom.client.api." + api).getMethods());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("expected " + what);
        }
    }
}
