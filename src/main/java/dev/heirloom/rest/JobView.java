package dev.heirloom.rest;

import dev.heirloom.manager.TableStatus;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A job as the API shows it. */
@Schema(name = "Job", description = "Something that takes longer than a request may")
public record JobView(
        String id,

        @Schema(enumeration = {"import", "export", "load"}) String kind,

        String table,

        @Schema(enumeration = {"running", "done", "failed", "cancelled"})
        String state,

        @Schema(description = "How much of it is done, from 0 to 1")
        double progress,

        @Schema(description = "How many rows it has read or written")
        long rows,

        @Schema(format = "date-time") Instant started,

        @Schema(format = "date-time", nullable = true) @Nullable
        Instant ended,

        @Schema(ref = "Problem") // why it failed
        @Nullable
        Map<String, Object> problem,

        @Schema(description = "Where its result is, relative to the root of the API", nullable = true) @Nullable
        String result) {
    private static final String LOAD = "load-";

    /** A table that is being loaded, which has no job of its own. */
    static JobView ofLoad(TableStatus table) {
        Double loaded = table.loaded();
        return new JobView(
                loadId(table.name()),
                "load",
                table.name(),
                "running",
                loaded == null ? 0 : loaded,
                table.rows(),
                table.stateSince(),
                null,
                null,
                null);
    }

    static String loadId(String table) {
        return LOAD + table;
    }

    static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
