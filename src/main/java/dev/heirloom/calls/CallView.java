package dev.heirloom.calls;

import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A call as JSON shows it, in Twilio's words.
 *
 * @param step what the caller hears: main, support, connected or ended
 * @param choice whom the caller chose: sales, billing or technical
 * @param duration in seconds
 */
@Schema(name = "Call")
public record CallView(
        String sid,
        String from,
        String to,
        String direction,
        String status,
        String step,
        @Nullable String choice,
        int invalidChoices,

        @Schema(type = SchemaType.STRING, format = "date-time")
        Instant startedAt,

        @Schema(type = SchemaType.STRING, format = "date-time") @Nullable
        Instant answeredAt,

        @Schema(type = SchemaType.STRING, format = "date-time") @Nullable
        Instant finishedAt,

        @Schema(type = SchemaType.INTEGER) @Nullable Long duration) {
    static CallView of(Call call) {
        Menu menu = call.menu();
        Department choice = menu.choice();
        Duration duration = call.duration();
        return new CallView(
                call.sid(),
                call.from(),
                call.to(),
                call.direction().word(),
                call.status().word(),
                menu.step().word(),
                choice == null ? null : choice.word(),
                menu.invalidChoices(),
                call.startedAt(),
                call.answeredAt(),
                call.finishedAt(),
                duration == null ? null : duration.toSeconds());
    }
}
