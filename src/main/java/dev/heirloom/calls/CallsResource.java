package dev.heirloom.calls;

import dev.heirloom.ownership.TableRef;
import dev.heirloom.rest.Problem;
import dev.heirloom.rest.ProblemException;
import dev.heirloom.rest.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The calls, read straight from the table: no owner is asked, so they can be seen while there is none. Thread-safe. */
@ApplicationScoped
@Path("calls")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "calls", description = "Ongoing phone calls, and those that were over a short while ago")
public class CallsResource {
    private static final int MOST = 1_000;
    private static final Pattern LIMIT = Pattern.compile("[0-9]{1,9}");

    @Inject
    TableRef<String, Call> calls;

    @GET
    @RolesAllowed(Roles.READER)
    @Operation(operationId = "listCalls", summary = "The calls, the newest first, all of one moment")
    @APIResponse(
            responseCode = "200",
            description = "The calls, and how many there are.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Calls")))
    @APIResponse(responseCode = "400", description = "The limit is not a number, or out of range.")
    public CallList list(
            @Parameter(
                            description = "How many calls to list at most; the counts are of all.",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "0",
                                            maximum = "1000",
                                            defaultValue = "200"))
                    @QueryParam("limit")
                    @DefaultValue("200")
                    String limit) {
        int most = LIMIT.matcher(limit).matches() ? Integer.parseInt(limit) : Integer.MAX_VALUE;
        if (most > MOST) {
            throw new ProblemException(Problem.of(400, "invalid-parameter", "A parameter is missing or malformed")
                    .withDetail("limit is not from 0 to " + MOST + ".")
                    .with("parameter", "limit"));
        }
        List<Call> all;
        try (Stream<Call> rows = calls.stream()) {
            all = rows.toList();
        }
        return CallList.of(all, most);
    }

    @GET
    @RolesAllowed(Roles.READER)
    @Path("{CallSid}")
    @Operation(operationId = "getCall", summary = "A call")
    @APIResponse(
            responseCode = "200",
            description = "The call.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Call")))
    @APIResponse(responseCode = "404", description = "There is no such call, or it was over too long ago.")
    public CallView get(
            @Parameter(required = true, description = "Twilio's id of the call") @PathParam("CallSid") String sid) {
        return calls.find(sid)
                .map(CallView::of)
                .orElseThrow(() -> new ProblemException(Problem.of(404, "no-such-call", "There is no such call")
                        .withDetail("No call has this CallSid, or it was over too long ago.")));
    }
}
