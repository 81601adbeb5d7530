package dev.heirloom.documents;

import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.Map;

/** A change of a document in the form of RFC 7396. Immutable. */
public final class MergePatch {
    private static final JsonProvider PROVIDER = JsonProvider.provider();
    private static final JsonReaderFactory READERS = PROVIDER.createReaderFactory(Map.of());

    private final jakarta.json.JsonMergePatch patch;

    private MergePatch(jakarta.json.JsonMergePatch patch) {
        this.patch = patch;
    }

    /**
     * The patch that is an object.
     *
     * @throws DocumentException if it is not JSON, is something else, or is too large
     */
    public static MergePatch of(String json, DocumentReader reader) {
        Document checked = reader.read(json);
        return new MergePatch(PROVIDER.createMergePatch(value(DocumentWriter.toJson(checked))));
    }

    /**
     * What it makes of a document.
     *
     * @throws DocumentException if that is too large
     */
    public Document apply(Document before, DocumentReader reader) {
        return reader.read(patch.apply(value(DocumentWriter.toJson(before))).toString());
    }

    private static JsonValue value(String json) {
        try (JsonReader in = READERS.createReader(new StringReader(json))) {
            return in.readValue();
        }
    }
}
