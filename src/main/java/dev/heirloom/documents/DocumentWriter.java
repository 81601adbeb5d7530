package dev.heirloom.documents;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Writes documents as JSON. */
public final class DocumentWriter {
    private static final JsonGeneratorFactory GENERATORS =
            JsonProvider.provider().createGeneratorFactory(Map.of());

    private DocumentWriter() {}

    public static String toJson(Document document) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = GENERATORS.createGenerator(text)) {
            write(document, out);
        }
        return text.toString();
    }

    private static void write(Object value, JsonGenerator out) {
        if (value instanceof String text) {
            out.write(text);
        } else if (value instanceof Long number) {
            out.write(number);
        } else if (value instanceof BigDecimal number) {
            out.write(number);
        } else if (value instanceof Boolean truth) {
            out.write(truth);
        } else if (value instanceof Document document) {
            out.writeStartObject();
            for (int i = 0; i < document.size(); i++) {
                out.writeKey(document.name(i));
                write(document.value(i), out);
            }
            out.writeEnd();
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            list.forEach(each -> write(each, out));
            out.writeEnd();
        } else {
            out.writeNull();
        }
    }
}
