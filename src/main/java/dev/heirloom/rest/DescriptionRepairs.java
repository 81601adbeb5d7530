package dev.heirloom.rest;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.tags.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Puts right what Payara 6 makes of annotations in the description of the API, so that validators take it and generators of
 * clients make one class of each schema.
 */
final class DescriptionRepairs {
    private static final Logger LOG = Logger.getLogger(DescriptionRepairs.class.getName());

    private static final Pattern EXPRESSION = Pattern.compile("\\{\\s*([^}:\\s]+)\\s*:[^}]*}");

    private DescriptionRepairs() {}

    /** What is part of a path cannot be left out, whatever the annotation does not say. */
    static Parameter repaired(Parameter parameter) {
        return parameter.getIn() == Parameter.In.PATH ? parameter.required(true) : parameter;
    }

    /**
     * A schema without what its annotation did not say: Payara writes the defaults of the annotation's members, among them
     * that an object has at most no properties. The type is that of the format, where there is one.
     */
    static Schema repaired(Schema schema) {
        schema.setMaxProperties(unless(0, schema.getMaxProperties()));
        schema.setMinProperties(unless(0, schema.getMinProperties()));
        schema.setMinLength(unless(0, schema.getMinLength()));
        schema.setExclusiveMaximum(unless(false, schema.getExclusiveMaximum()));
        schema.setExclusiveMinimum(unless(false, schema.getExclusiveMinimum()));
        schema.setUniqueItems(unless(false, schema.getUniqueItems()));
        schema.setNullable(unless(false, schema.getNullable()));
        schema.setReadOnly(unless(false, schema.getReadOnly()));
        schema.setWriteOnly(unless(false, schema.getWriteOnly()));
        schema.setDeprecated(unless(false, schema.getDeprecated()));
        switch (String.valueOf(schema.getFormat())) {
            case "date-time" -> schema.setType(Schema.SchemaType.STRING);
            case "int32", "int64" -> schema.setType(Schema.SchemaType.INTEGER);
            case "integer" -> schema.setType(Schema.SchemaType.NUMBER); // of any size: no generator has a format for it
            default -> {}
        }
        if (schema.getDefaultValue() instanceof String text) {
            schema.setDefaultValue(defaultOf(schema.getType(), text));
        }
        Schema items = schema.getItems();
        if (items != null && items.getType() == Schema.SchemaType.ARRAY && items.getItems() == null) {
            schema.setItems(OASFactory.createSchema()); // of whatever it is: the annotation does not say
        }
        return schema;
    }

    private static Object defaultOf(Schema.@Nullable SchemaType type, String text) {
        if (type == Schema.SchemaType.INTEGER || type == Schema.SchemaType.NUMBER) {
            return new BigDecimal(text);
        }
        return type == Schema.SchemaType.BOOLEAN ? Boolean.valueOf(text) : text;
    }

    private static <T> @Nullable T unless(T meaningless, @Nullable T value) {
        return meaningless.equals(value) ? null : value;
    }

    /** Refers to schemas that have a name wherever they are written out, and leaves out what is no part of OpenAPI. */
    static void repair(OpenAPI api) {
        Map<String, Schema> named = api.getComponents().getSchemas();
        if (named != null) {
            named.values().forEach(each -> referProperties(each, named));
        }
        if (named != null && api.getPaths() != null && api.getPaths().getPathItems() != null) {
            api.getPaths().getPathItems().values().stream()
                    .flatMap(DescriptionRepairs::contents)
                    .flatMap(content -> content.getMediaTypes().values().stream())
                    .forEach(type -> refer(type, named));
        }
        if (api.getTags() != null) {
            api.setTags(merged(api.getTags()));
        }
        if (api.getPaths() != null && api.getPaths().getPathItems() != null) {
            api.getPaths().setPathItems(withoutExpressions(api.getPaths().getPathItems()));
        }
        leaveOutEndpoints(api);
    }

    /** One tag of each name, the first that has a description: Payara lists those of every class. */
    private static List<Tag> merged(List<Tag> tags) {
        Map<String, Tag> byName = new LinkedHashMap<>();
        tags.forEach(
                tag -> byName.merge(tag.getName(), tag, (one, other) -> one.getDescription() == null ? other : one));
        return new ArrayList<>(byName.values());
    }

    /** OpenAPI has no regular expressions in paths, as Jakarta REST has: {@code {key: .+}} is {@code {key}}. */
    private static Map<String, PathItem> withoutExpressions(Map<String, PathItem> paths) {
        Map<String, PathItem> plain = new LinkedHashMap<>();
        paths.forEach((path, item) -> plain.put(EXPRESSION.matcher(path).replaceAll("{$1}"), item));
        return plain;
    }

    private static Stream<Content> contents(PathItem path) {
        return path.getOperations().values().stream()
                .flatMap(operation -> Stream.concat(
                        Stream.ofNullable(operation.getRequestBody()).map(body -> body.getContent()),
                        Stream.ofNullable(operation.getResponses())
                                .flatMap(all -> all.getAPIResponses().values().stream())
                                .map(response -> response.getContent())))
                .filter(content -> content != null && content.getMediaTypes() != null);
    }

    private static void refer(MediaType type, Map<String, Schema> named) {
        Schema schema = type.getSchema();
        if (schema == null) {
            return;
        }
        type.setSchema(reference(schema, named));
        referItems(schema, named);
    }

    private static void referItems(Schema schema, Map<String, Schema> named) {
        if (schema.getItems() != null) {
            schema.setItems(reference(schema.getItems(), named));
        }
    }

    /** Beside a reference nothing else counts, so what may be null is all of what it refers to. */
    private static void referProperties(Schema schema, Map<String, Schema> named) {
        Map<String, Schema> properties = schema.getProperties();
        if (properties == null) {
            return;
        }
        properties.values().forEach(property -> referItems(property, named));
        Map<String, Schema> referred = new LinkedHashMap<>(properties);
        referred.replaceAll((name, property) -> {
            Schema reference = reference(property, named);
            boolean nullable = Boolean.TRUE.equals(property.getNullable());
            return reference != property && nullable
                    ? OASFactory.createSchema().nullable(true).addAllOf(reference)
                    : reference;
        });
        schema.setProperties(referred);
    }

    /** The same properties are the same schema: what Payara writes out is a copy. */
    private static Schema reference(Schema schema, Map<String, Schema> named) {
        Map<String, Schema> properties = schema.getProperties();
        if (properties == null || properties.isEmpty()) {
            return schema;
        }
        return named.entrySet().stream()
                .filter(each -> each.getValue().getProperties() != null)
                .filter(each -> each.getValue().getProperties().keySet().equals(properties.keySet()))
                .findFirst()
                .map(each -> OASFactory.createSchema().ref(each.getKey()))
                .orElse(schema);
    }

    /** Payara adds a member {@code endpoints} to the document, and validators refuse it. Its model is not in any API. */
    private static void leaveOutEndpoints(OpenAPI api) {
        try {
            Method setter = api.getClass().getMethod("setEndpoints", Map.class);
            setter.invoke(api, Map.of());
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.FINE, "no endpoints to leave out", e); // another server, or another release of it
        }
    }
}
