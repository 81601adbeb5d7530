package dev.heirloom.rest;

import dev.heirloom.rest.ApiDocument.Operation;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Makes the requests that the fuzzer sends: for every operation in the description of the API, one that is well-formed, and
 * from it each that has one thing wrong, then some that have several.
 */
final class Probes {
    /** Of tables, in paths: what was made for the test, the application's own, and one that is not there. */
    static final List<String> TABLES = List.of("fuzzed", "fuzzed-ordered", "fuzzed-bag", "calls", "nothing");

    /** What the application's webhooks take. */
    static final Map<String, String> CALL = Map.of(
            "CallSid", "CA0123456789abcdef0123456789abcdef",
            "AccountSid", "AC0123456789abcdef0123456789abcdef",
            "From", "+15005550006",
            "To", "+15005550001",
            "Direction", "inbound",
            "CallStatus", "ringing",
            "Digits", "1");

    private static final Set<String> UNDECODABLE = Set.of("no hexadecimal digits", "half an escape", "a percent sign");
    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE", "OPTIONS");
    private static final Set<String> UNPARSABLE = Set.of(
            "invalid UTF-8",
            "overlong UTF-8",
            "a lone surrogate",
            "cut UTF-8",
            "NUL",
            "10 kB",
            "20 kB",
            "6 kB",
            "raw UTF-8",
            "an encoded backslash",
            "a filter of 10,000 terms");

    private final URI base;
    private final String token;
    private final Map<String, String> credentials;
    private final Random random;

    Probes(URI base, String token, Map<String, String> credentials, Random random) {
        this.base = base;
        this.token = token;
        this.credentials = credentials;
        this.random = random;
    }

    /** A well-formed request, as far as the description tells. */
    Probe good(Operation operation) {
        return request(operation, "as it should be", Map.of(), List.of());
    }

    /** Every request with one thing wrong. */
    List<Probe> each(Operation operation) {
        List<Probe> all = new ArrayList<>(List.of(good(operation), anonymous(good(operation))));
        for (JsonObject parameter : operation.parametersIn("path")) {
            String name = parameter.getString("name");
            BadValues.segments().forEach((what, value) -> {
                Probe probe = request(operation, name + " is " + what, Map.of(name, value), List.of());
                all.add(tolerating(probe, what));
            });
        }
        List<String> names = new ArrayList<>(List.of("unknown"));
        operation.parametersIn("query").forEach(each -> names.add(each.getString("name")));
        for (String name : names) {
            BadValues.queries().forEach((what, value) -> {
                Probe probe = request(operation, name + " is " + what, Map.of(), List.of(name + "=" + value));
                all.add(
                        UNDECODABLE.contains(what) || UNPARSABLE.contains(what) || value.length() > 5_000
                                ? probe.tolerating(Probe.Tolerated.REFUSAL)
                                : probe);
            });
            all.add(request(operation, name + " twice", Map.of(), List.of(name + "=1", name + "=2")));
            all.add(request(operation, name + " without a value", Map.of(), List.of(name)));
        }
        BadValues.headers()
                .forEach((what, line) -> all.add(good(operation).with(line).but(what)));
        BadValues.refusableHeaders()
                .forEach((what, line) ->
                        all.add(good(operation).with(line).but(what).tolerating(Probe.Tolerated.REFUSAL)));
        BadValues.methods().forEach((method, refusable) -> {
            Probe probe = good(operation).method(method).but("method " + Probe.cut(method));
            all.add(refusable || !operation.consumed().isEmpty() ? probe.tolerating(Probe.Tolerated.REFUSAL) : probe);
        });
        all.addAll(bodies(operation));
        return all;
    }

    private List<Probe> bodies(Operation operation) {
        List<Probe> all = new ArrayList<>();
        BadValues.bodies()
                .forEach((what, body) -> all.add(good(operation).body(body).but("body: " + what)));
        String json = json(operation);
        if (json.startsWith("{")) {
            JsonObject object = ApiDocument.parse(json).root();
            for (String member : object.keySet()) {
                for (String value : BadValues.members()) {
                    String changed = replaced(object, member, value);
                    all.add(good(operation)
                            .body(changed.getBytes(StandardCharsets.UTF_8))
                            .but(member + " is " + Probe.cut(value)));
                }
            }
        }
        byte[] whole = json.getBytes(StandardCharsets.UTF_8);
        all.add(good(operation).body(Arrays.copyOf(whole, whole.length / 2)).but("half a body"));
        all.add(good(operation).body(whole).with("Content-Encoding: gzip").but("not packed, as it says"));
        all.add(good(operation)
                .body(BadValues.bomb(4))
                .with("Content-Encoding: gzip")
                .but("packed zeros"));
        return all.stream().map(Probes::withUnexpectedBody).toList();
    }

    /** The server itself refuses bodies where HTTP gives them no meaning. */
    private static Probe withUnexpectedBody(Probe probe) {
        return BODILESS.contains(probe.method()) && probe.length() > 0
                ? probe.tolerating(Probe.Tolerated.REFUSAL)
                : probe;
    }

    /** Several things wrong at a time, by chance. */
    Probe mixed(List<Operation> operations) {
        Operation operation = operations.get(random.nextInt(operations.size()));
        Map<String, String> path = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (JsonObject parameter : operation.parametersIn("path")) {
            if (random.nextBoolean()) {
                Map.Entry<String, String> chosen = any(BadValues.segments());
                path.put(parameter.getString("name"), chosen.getValue());
                wrong.add(chosen.getKey());
            }
        }
        List<String> query = new ArrayList<>();
        for (JsonObject parameter : operation.parametersIn("query")) {
            if (random.nextBoolean()) {
                Map.Entry<String, String> chosen = any(BadValues.queries());
                query.add(parameter.getString("name") + "=" + chosen.getValue());
                wrong.add(chosen.getKey());
            }
        }
        Probe probe = request(operation, "mixed", path, query);
        for (int i = random.nextInt(4); i > 0; i--) {
            probe = probe.with(any(BadValues.headers()).getValue());
        }
        if (random.nextInt(3) == 0) {
            probe = withUnexpectedBody(probe.body(any(BadValues.bodies()).getValue()));
        }
        for (String each : wrong) {
            probe = tolerating(probe, each);
        }
        if (probe.target().length() > 4_000) {
            probe = probe.tolerating(Probe.Tolerated.REFUSAL);
        }
        return random.nextInt(5) == 0 ? anonymous(probe) : probe;
    }

    static Probe anonymous(Probe probe) {
        return probe.without("Authorization").but("without credentials");
    }

    private static Probe tolerating(Probe probe, String what) {
        if (UNDECODABLE.contains(what)) {
            return probe.tolerating(Probe.Tolerated.UNDECODABLE);
        }
        return UNPARSABLE.contains(what) ? probe.tolerating(Probe.Tolerated.REFUSAL) : probe;
    }

    private Probe request(Operation operation, String what, Map<String, String> path, List<String> query) {
        String target = operation.path();
        for (JsonObject parameter : operation.parametersIn("path")) {
            String name = parameter.getString("name");
            target = target.replaceAll(
                    "\\{" + name + "(:[^}]*)?}", Matcher.quoteReplacement(path.getOrDefault(name, segment(name))));
        }
        List<String> all = new ArrayList<>(query);
        for (JsonObject parameter : operation.parametersIn("query")) {
            boolean given = query.stream().anyMatch(each -> each.startsWith(parameter.getString("name")));
            if (parameter.getBoolean("required", false) && !given) {
                all.add(parameter.getString("name") + "=" + first(parameter));
            }
        }
        String root = base.getPath().endsWith("/")
                ? base.getPath().substring(0, base.getPath().length() - 1)
                : base.getPath();
        String uri = root + target + (all.isEmpty() ? "" : "?" + String.join("&", all));
        Probe probe = Probe.of(operation + " " + what, operation.method(), uri);
        for (Map.Entry<String, String> each : credentials.entrySet()) {
            probe = probe.with(each.getKey() + ": " + each.getValue());
        }
        return withBody(operation, probe);
    }

    private Probe withBody(Operation operation, Probe probe) {
        Set<String> consumed = operation.consumed();
        if (consumed.isEmpty()) {
            return probe;
        }
        String type = consumed.iterator().next();
        if (!type.contains("form-urlencoded")) {
            return probe.with("Content-Type: " + type).body(json(operation).getBytes(StandardCharsets.UTF_8));
        }
        String url = "http://" + Probe.HOST + probe.target(); // as the server sees it
        return probe.with("Content-Type: " + type)
                .with("X-Twilio-Signature: " + Http.sign(token, url, CALL))
                .body(Http.form(CALL).getBytes(StandardCharsets.UTF_8));
    }

    private String segment(String name) {
        return switch (name) {
            case "name" -> TABLES.get(random.nextInt(TABLES.size()));
            case "CallSid" -> CALL.get("CallSid");
            case "key" -> random.nextBoolean() ? "1" : "a";
            default -> "1";
        };
    }

    private static String first(JsonObject parameter) {
        JsonValue schema = parameter.get("schema");
        JsonObject known = schema == null ? JsonValue.EMPTY_JSON_OBJECT : schema.asJsonObject();
        if (known.containsKey("enum")) {
            return known.getJsonArray("enum").getString(0);
        }
        return known.getString("type", "string").equals("string") ? "a" : "1";
    }

    /** A body that the operation takes; of those that are not known, an object with many members. */
    private static String json(Operation operation) {
        return switch (operation.method() + " "
                + operation.path().replaceAll("\\{[^}]*}", "*").replaceFirst("^/api", "")) {
            case "PUT /tables/*" ->
                "{\"type\":\"set\",\"access\":\"public\",\"key\":\"id\",\"keyType\":\"string\",\"indexes\":[],"
                        + "\"expireAfterWrite\":\"PT10M\",\"maxRows\":1000,\"changeBuffer\":10,\"durability\":\"none\"}";
            case "PATCH /tables/*" -> "{\"maxRows\":1000}";
            case "POST /tables/*/rows" -> "[{\"id\":\"a\",\"name\":\"b\",\"n\":1}]";
            case "POST /tables/*/counters/*" -> "{\"field\":\"n\",\"by\":1,\"threshold\":10,\"reset\":0}";
            case "POST /tables/*/owner/give-away" -> "{\"to\":\"nobody\"}";
            case "POST /session" -> "{\"user\":\"admin\",\"password\":\"" + Http.ADMIN_PASSWORD + "\"}";
            case "POST /tables/*/import" -> "{\"id\":\"a\",\"n\":1}\n{\"id\":\"b\",\"n\":2}\n";
            default -> "{\"id\":\"a\",\"name\":\"b\",\"n\":1}";
        };
    }

    private static String replaced(JsonObject object, String member, String value) {
        StringBuilder text = new StringBuilder("{");
        object.forEach((name, old) -> text.append(text.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(name.equals(member) ? value : old.toString()));
        return text.append('}').toString();
    }

    private <T> Map.Entry<String, T> any(Map<String, T> of) {
        List<Map.Entry<String, T>> all = List.copyOf(of.entrySet());
        return all.get(random.nextInt(all.size()));
    }
}
