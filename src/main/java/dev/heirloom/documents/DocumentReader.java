package dev.heirloom.documents;

import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents from JSON, within limits; names it has seen often are kept once. It refuses what others would read
 * differently: names that come twice, halves of surrogate pairs. Thread-safe.
 */
public final class DocumentReader {
    private static final JsonParserFactory PARSERS = JsonProvider.provider().createParserFactory(Map.of());

    /** So many combinations of names are shared; rows of further ones have their own. */
    private static final int SHARED = 256;

    private static final int LONGEST_NUMBER = 400;
    private static final int LARGEST_SCALE = 1_000;

    private final DocumentLimits limits;
    private final Map<Names, Names> shared = new ConcurrentHashMap<>();

    public DocumentReader(DocumentLimits limits) {
        this.limits = limits;
    }

    /** A reader for what Heirloom has written itself. */
    public static DocumentReader unlimited() {
        return new DocumentReader(DocumentLimits.NONE);
    }

    /**
     * Reads an object.
     *
     * @throws DocumentException if it is not JSON, is something else, or is too large
     */
    public Document read(String json) {
        List<Document> found = readAll(json, 1);
        if (found.size() != 1 || json.stripLeading().startsWith("[")) {
            throw DocumentException.invalid("an object is expected, not an array");
        }
        return found.get(0);
    }

    /**
     * Reads an array of objects; one object counts as an array of it.
     *
     * @param most how many there may be
     * @throws DocumentException if it is not JSON, is something else, or is too large
     */
    public List<Document> readAll(String json, int most) {
        try (JsonParser parser = PARSERS.createParser(new StringReader(json))) {
            return new Reading(parser).documents(most);
        } catch (DocumentException e) {
            throw e;
        } catch (RuntimeException e) { // whatever the parser makes of it
            throw DocumentException.malformed("this is not JSON: " + e.getMessage());
        }
    }

    /**
     * The number that a text is.
     *
     * @return a {@code Long} or a {@code BigDecimal}; null if it is none, or none that is handled
     */
    static @Nullable Object number(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > LARGEST_SCALE) {
                return null;
            }
            return number.scale() == 0 ? Document.integral(number) : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** One text that is read. */
    private final class Reading {
        private final JsonParser parser;
        private long begin;
        private int members;

        Reading(JsonParser parser) {
            this.parser = parser;
        }

        List<Document> documents(int most) {
            JsonParser.Event first = parser.next();
            List<Document> found = new ArrayList<>();
            if (first == JsonParser.Event.START_OBJECT) {
                found.add(row());
            } else if (first == JsonParser.Event.START_ARRAY) {
                for (JsonParser.Event next = parser.next(); next != JsonParser.Event.END_ARRAY; next = parser.next()) {
                    if (next != JsonParser.Event.START_OBJECT) {
                        throw DocumentException.invalid("element " + found.size() + " of the array is not an object");
                    }
                    if (found.size() == most) {
                        throw most == 1
                                ? DocumentException.invalid("an object is expected, not an array")
                                : DocumentException.limit("too many rows in one request", most, JsonLimits.POST_ROWS);
                    }
                    found.add(row());
                }
            } else {
                throw DocumentException.invalid("an object is expected");
            }
            while (parser.hasNext()) {
                parser.next(); // which says what comes after the end
            }
            return found;
        }

        private Document row() {
            begin = parser.getLocation().getStreamOffset();
            members = 0;
            Document row = object(1);
            checkSize();
            return row;
        }

        private void checkSize() {
            if (parser.getLocation().getStreamOffset() - begin > limits.characters()) {
                throw DocumentException.limit("too many characters in a row", limits.characters(), JsonLimits.ROW_SIZE);
            }
        }

        private Document object(int depth) {
            enter(depth);
            List<String> names = new ArrayList<>(8);
            List<Object> values = new ArrayList<>(8);
            Set<String> seen = null;
            for (JsonParser.Event next = parser.next(); next != JsonParser.Event.END_OBJECT; next = parser.next()) {
                String name = text(parser.getString());
                if (names.size() == 16) {
                    seen = new HashSet<>(names);
                }
                if (seen == null ? names.contains(name) : !seen.add(name)) {
                    throw DocumentException.malformed("two members of one object are called \"" + name + "\"");
                }
                names.add(name);
                values.add(value(parser.next(), depth));
            }
            return new Document(shared(new Names(names.toArray(new String[0]))), values.toArray());
        }

        private Object value(JsonParser.Event event, int depth) {
            if (++members > limits.members()) {
                throw DocumentException.limit("too many members in a row", limits.members(), JsonLimits.FIELDS);
            }
            return switch (event) {
                case START_OBJECT -> object(depth + 1);
                case START_ARRAY -> array(depth + 1);
                case VALUE_STRING -> text(parser.getString());
                case VALUE_NUMBER -> numeric(parser.getString());
                case VALUE_TRUE -> Boolean.TRUE;
                case VALUE_FALSE -> Boolean.FALSE;
                case VALUE_NULL -> JsonNull.NULL;
                default -> throw DocumentException.malformed("this is not JSON: a value is missing");
            };
        }

        private List<Object> array(int depth) {
            enter(depth);
            List<Object> values = new ArrayList<>();
            for (JsonParser.Event next = parser.next(); next != JsonParser.Event.END_ARRAY; next = parser.next()) {
                values.add(value(next, depth));
            }
            ((ArrayList<Object>) values).trimToSize();
            return Collections.unmodifiableList(values);
        }

        private void enter(int depth) {
            if (depth > limits.depth()) {
                throw DocumentException.limit("objects and arrays nested too deep", limits.depth(), JsonLimits.DEPTH);
            }
            checkSize();
        }

        private Object numeric(String text) {
            Object number = number(text);
            if (number == null) {
                throw DocumentException.invalid(
                        "a number has more than " + LONGEST_NUMBER + " digits, or an exponent beyond " + LARGEST_SCALE);
            }
            return number;
        }

        private String text(String value) {
            for (int i = 0; i < value.length(); i++) {
                char each = value.charAt(i);
                if (Character.isSurrogate(each)) {
                    if (!Character.isHighSurrogate(each)
                            || i + 1 == value.length()
                            || !Character.isLowSurrogate(value.charAt(++i))) {
                        throw DocumentException.invalid("a text has one half of a surrogate pair without the other");
                    }
                }
            }
            return value;
        }
    }

    /** The same document, with names that are kept once. */
    Document sharing(Document document) {
        return document.with(shared(document.names()));
    }

    private Names shared(Names names) {
        Names known = shared.get(names);
        if (known != null) {
            return known;
        }
        if (shared.size() < SHARED) {
            Names other = shared.putIfAbsent(names, names);
            return other == null ? names : other;
        }
        return names;
    }
}
