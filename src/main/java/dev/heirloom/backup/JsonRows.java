package dev.heirloom.backup;

import dev.heirloom.table.RowCodec;
import jakarta.json.JsonConfig;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonGeneratorFactory;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;

/** Rows as JSON, one line each. Thread-safe. */
final class JsonRows<R> implements RowCodec<R> {
    private final String table;
    private final Class<R> type;
    private final Kind root;
    private final JsonGeneratorFactory generators;
    private final JsonParserFactory parsers;
    private final JsonReaderFactory readers;

    JsonRows(String table, Class<R> type, Kind root) {
        this.table = table;
        this.type = type;
        this.root = root;
        JsonProvider provider = JsonProvider.provider();
        this.generators = provider.createGeneratorFactory(Map.of());
        this.parsers = provider.createParserFactory(Map.of());
        this.readers = provider.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));
    }

    @Override
    public String name() {
        return "heirloom-json";
    }

    @Override
    public boolean isJson() {
        return true;
    }

    @Override
    public String encode(R row) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = generators.createGenerator(text)) {
            root.toJson(row, out, 0);
        } catch (RuntimeException e) {
            throw new UnwritableRowException(table, Kinds.simpleName(type), PathException.at("", e));
        }
        return escaped(text.getBuffer());
    }

    @Override
    public R decode(String line) {
        try (JsonParser whole = parsers.createParser(new StringReader(line));
                JsonReader in = readers.createReader(new StringReader(line))) {
            while (whole.hasNext()) {
                whole.next(); // the reader does not see what follows
            }
            return type.cast(root.fromJson(in.readValue(), 0));
        } catch (RuntimeException e) {
            throw new UnreadableRowException(table, Kinds.simpleName(type), PathException.at("", e));
        }
    }

    /** With escapes for surrogates without their other half, which no file in UTF-8 can hold. */
    private static String escaped(CharSequence json) {
        StringBuilder text = new StringBuilder(json.length());
        json.codePoints().forEach(each -> {
            if (Character.getType(each) == Character.SURROGATE) {
                text.append("\\u").append(Integer.toHexString(each));
            } else {
                text.appendCodePoint(each);
            }
        });
        return text.toString();
    }
}
