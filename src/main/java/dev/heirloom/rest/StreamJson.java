package dev.heirloom.rest;

import dev.heirloom.manager.LoggedEvent;
import dev.heirloom.table.RowChange;
import dev.heirloom.table.RowCodec;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/** The data of events as JSON. Thread-safe. */
final class StreamJson {
    private static final JsonProvider JSON = JsonProvider.provider();

    private StreamJson() {}

    /** How the rows of a table become JSON: by their fields, or as the text that a codec of the user's makes of them. */
    record RowJson<R>(RowCodec<R> codec, boolean isText) {
        private JsonValue of(R row) {
            String line = codec.encode(row);
            if (isText) {
                return JSON.createValue(line);
            }
            try (JsonReader reader = JSON.createReader(new StringReader(line))) {
                return reader.readValue();
            }
        }
    }

    static String ownership(LoggedEvent logged) {
        EventView event = EventView.of(logged);
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("number", event.number())
                .add("table", event.table())
                .add("sequence", event.sequence())
                .add("epoch", event.epoch())
                .add("at", event.at().toString())
                .add("event", event.event());
        add(json, "consumer", event.consumer());
        add(json, "why", event.why());
        add(json, "cause", event.cause());
        add(json, "from", event.from());
        add(json, "to", event.to());
        add(json, "reason", event.reason());
        add(json, "tookMicros", event.tookMicros());
        add(json, "rows", event.rows());
        add(json, "bytes", event.bytes());
        return json.build().toString();
    }

    private static void add(JsonObjectBuilder json, String name, @Nullable String value) {
        if (value != null) {
            json.add(name, value);
        }
    }

    private static void add(JsonObjectBuilder json, String name, @Nullable Long value) {
        if (value != null) {
            json.add(name, value);
        }
    }

    static <R> String change(RowChange<?, R> change, RowJson<R> rows) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("sequence", change.sequence())
                .add("commit", change.commit())
                .add("epoch", change.epoch())
                .add("op", op(change));
        change.before().ifPresent(row -> json.add("old", rows.of(row)));
        change.after().ifPresent(row -> json.add("new", rows.of(row)));
        return json.build().toString();
    }

    private static String op(RowChange<?, ?> change) {
        if (change.after().isEmpty()) {
            return change.expired() ? "expire" : "delete";
        }
        return change.before().isEmpty() ? "insert" : "update";
    }

    /** Says what is lost: from a number to a number, where they are known, and why. */
    static String lost(@Nullable String seen, @Nullable Long from, @Nullable Long to, String why) {
        JsonObjectBuilder json = JSON.createObjectBuilder();
        if (seen != null) {
            json.add("lastEventId", seen);
        }
        if (from != null) {
            json.add("from", from);
        }
        if (to != null) {
            json.add("to", to);
        }
        return json.add("why", why).build().toString();
    }

    /** Says why a stream ends. */
    static String end(String why, @Nullable String to) {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("why", why);
        if (to != null) {
            json.add("to", to);
        }
        return json.build().toString();
    }
}
