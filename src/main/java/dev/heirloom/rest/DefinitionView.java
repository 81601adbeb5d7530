package dev.heirloom.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The definition of a JSON table as the description of the API has it. */
@Schema(name = "Definition", description = "What a client says of a table of JSON objects")
record DefinitionView(
        @Schema(
                enumeration = {"set", "ordered_set", "bag", "duplicate_bag"},
                defaultValue = "set")
        String type,

        @Schema(
                enumeration = {"protected", "public", "private"},
                defaultValue = "protected")
        String access,

        @Schema(description = "The field that is the key", defaultValue = "id")
        String key,

        @Schema(
                enumeration = {"string", "integer"},
                defaultValue = "string")
        String keyType,

        @Schema(type = SchemaType.ARRAY, implementation = IndexView.class, description = "Other ways to find rows")
        List<IndexView> indexes,

        @Schema(
                description = "When rows end that were not written for so long (ISO 8601)",
                example = "PT10M",
                nullable = true)
        @Nullable
        String expireAfterWrite,

        @Schema(description = "How many rows there may be", minimum = "1", nullable = true) @Nullable
        Long maxRows,

        @Schema(
                description = "How many of the latest changes are kept for those who follow them",
                minimum = "0",
                maximum = "1000000",
                defaultValue = "0")
        int changeBuffer,

        @Schema(
                enumeration = {"none", "every_second", "always"},
                defaultValue = "none")
        String durability,

        @Schema(
                type = SchemaType.ARRAY,
                implementation = String.class,
                description = "The users and roles that may read; null for all readers",
                nullable = true)
        @Nullable
        List<String> readers,

        @Schema(
                type = SchemaType.ARRAY,
                implementation = String.class,
                description = "The users and roles that may write; null for all writers",
                nullable = true)
        @Nullable
        List<String> writers) {
    /** An index of a field. */
    @Schema(name = "Index")
    record IndexView(
            @Schema(description = "By default that of the field")
            String name,

            @Schema(description = "A field, or with dots one of a nested object", required = true)
            String field,

            @Schema(defaultValue = "false") boolean unique) {}
}
