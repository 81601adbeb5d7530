package dev.heirloom.rest;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The description of the API (OpenAPI 3.0) as the server gives it, to drive tests with. Immutable. */
record ApiDocument(JsonObject root) {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch");

    /** One operation; {@code json} is its part of the document, {@code shared} that of its path. */
    record Operation(ApiDocument document, String method, String path, JsonObject json, List<JsonObject> parameters) {
        String id() {
            return json.getString("operationId", "");
        }

        List<JsonObject> parametersIn(String place) {
            return parameters.stream()
                    .filter(each -> each.getString("in").equals(place))
                    .toList();
        }

        /** The responses by status, in the order of the document. */
        Map<String, JsonValue> responses() {
            return json.containsKey("responses") ? json.getJsonObject("responses") : JsonValue.EMPTY_JSON_OBJECT;
        }

        /** What a response has, by media type. */
        JsonObject contentOf(JsonValue response) {
            JsonObject resolved = document.resolve(response.asJsonObject());
            return resolved.containsKey("content") ? resolved.getJsonObject("content") : JsonValue.EMPTY_JSON_OBJECT;
        }

        /** The media types of the body of its requests; none if it takes none. */
        Set<String> consumed() {
            if (!json.containsKey("requestBody")) {
                return Set.of();
            }
            JsonObject body = document.resolve(json.getJsonObject("requestBody"));
            return body.containsKey("content")
                    ? new TreeSet<>(body.getJsonObject("content").keySet())
                    : Set.of();
        }

        @Override
        public String toString() {
            return method + " " + path + (id().isEmpty() ? "" : " (" + id() + ")");
        }
    }

    static ApiDocument parse(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return new ApiDocument(reader.readObject());
        }
    }

    List<Operation> operations() {
        List<Operation> found = new ArrayList<>();
        JsonObject paths = root.getJsonObject("paths");
        paths.forEach((path, item) -> item.asJsonObject().forEach((method, operation) -> {
            if (METHODS.contains(method)) {
                JsonObject json = operation.asJsonObject();
                List<JsonObject> parameters = Stream.of(item.asJsonObject(), json)
                        .filter(each -> each.containsKey("parameters"))
                        .flatMap(each -> each.getJsonArray("parameters").stream())
                        .map(each -> resolve(each.asJsonObject()))
                        .toList();
                found.add(new Operation(this, method.toUpperCase(Locale.ROOT), path, json, parameters));
            }
        }));
        return List.copyOf(found);
    }

    /** The object itself, or what it refers to within the document. */
    JsonObject resolve(JsonObject object) {
        JsonObject resolved = object;
        for (int i = 0; i < 10 && resolved.containsKey("$ref"); i++) {
            String reference = resolved.getString("$ref");
            if (!reference.startsWith("#/")) {
                throw new IllegalArgumentException("not a reference within the document: " + reference);
            }
            JsonValue found = root.getValue(reference.substring(1)); // a JSON pointer
            resolved = found.asJsonObject();
        }
        return resolved;
    }

    /** The schemas that have names. */
    JsonObject schemas() {
        return components("schemas");
    }

    JsonObject securitySchemes() {
        return components("securitySchemes");
    }

    private JsonObject components(String kind) {
        JsonObject components = root.containsKey("components") ? root.getJsonObject("components") : null;
        return components == null || !components.containsKey(kind)
                ? JsonValue.EMPTY_JSON_OBJECT
                : components.getJsonObject(kind);
    }
}
