package dev.heirloom.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditEventTest {
    @Test
    void line_isJson() {
        AuditEvent event = new AuditEvent(Instant.EPOCH, "ann", "POST /tables/calls/revive", "202", "127.0.0.1");
        assertThat(event.line())
                .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\",\"who\":\"ann\",\"what\":\"POST /tables/calls/revive\","
                        + "\"outcome\":\"202\",\"from\":\"127.0.0.1\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\r\nb",
                "a\"},{\"who\":\"b",
                "a\\",
                "\u001b[2J",
                "\u009b2J",
                "\u2028",
                "\u0000",
                "é\ud83d\ude00",
                "%s {0} ${x}"
            })
    void whatComesFromOutside_staysInItsPlace(String who) {
        String line = new AuditEvent(Instant.EPOCH, who, "log in", "refused", "::1").line();
        assertThat(line).matches("[ -~]+");
        JsonObject read = Json.createReader(new StringReader(line)).readObject();
        assertThat(read).hasSize(5);
        assertThat(read.getString("who")).isEqualTo(who);
        assertThat(read.getString("outcome")).isEqualTo("refused");
    }
}
