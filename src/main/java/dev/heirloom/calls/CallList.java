package dev.heirloom.calls;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The calls as JSON shows them.
 *
 * @param ongoing how many are ongoing
 * @param finished how many are over, and not yet removed
 * @param byStatus how many have each status, in Twilio's words; a status that no call has is left out
 * @param calls the calls themselves, the newest first, and no more than were asked for
 */
@Schema(name = "Calls")
public record CallList(
        @Schema(type = SchemaType.INTEGER) long ongoing,
        @Schema(type = SchemaType.INTEGER) long finished,
        Map<String, Long> byStatus,
        List<CallView> calls) {
    private static final Comparator<Call> NEWEST_FIRST =
            Comparator.comparing(Call::startedAt).reversed().thenComparing(Call::sid);

    static CallList of(Collection<Call> all, int limit) {
        Map<String, Long> byStatus = new TreeMap<>();
        long finished = 0;
        for (Call call : all) {
            byStatus.merge(call.status().word(), 1L, Long::sum);
            finished += call.isFinished() ? 1 : 0;
        }
        List<CallView> views =
                all.stream().sorted(NEWEST_FIRST).limit(limit).map(CallView::of).toList();
        return new CallList(all.size() - finished, finished, byStatus, views);
    }
}
