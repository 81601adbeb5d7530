package dev.heirloom.documents;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes definitions as documents. */
final class DefinitionWriter {
    private static final Document EMPTY = new Document(new Names(new String[0]), new Object[0]);

    private DefinitionWriter() {}

    static Document write(Definition definition) {
        return EMPTY.with("type", DefinitionReader.word(definition.type()))
                .with("access", DefinitionReader.word(definition.access()))
                .with("key", definition.key())
                .with("keyType", DefinitionReader.word(definition.keyType()))
                .with(
                        "indexes",
                        definition.indexes().stream()
                                .<Object>map(DefinitionWriter::index)
                                .toList())
                .with(
                        "expireAfterWrite",
                        orNull(
                                definition.expireAfterWrite() == null
                                        ? null
                                        : definition.expireAfterWrite().toString()))
                .with("maxRows", orNull(definition.maxRows()))
                .with("changeBuffer", (long) definition.changeBuffer())
                .with("durability", DefinitionReader.word(definition.durability()))
                .with("readers", orNull(copy(definition.readers())))
                .with("writers", orNull(copy(definition.writers())));
    }

    private static @Nullable List<Object> copy(@Nullable List<String> names) {
        return names == null ? null : List.copyOf(names);
    }

    private static Document index(Definition.Index index) {
        return EMPTY.with("name", index.name()).with("field", index.field()).with("unique", index.unique());
    }

    private static Object orNull(@Nullable Object value) {
        return value == null ? JsonNull.NULL : value;
    }
}
