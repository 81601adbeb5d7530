package dev.heirloom.rest;

import dev.heirloom.manager.TableManager;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The ownership events of all tables, as they happen. */
@Path("events")
@ApplicationScoped
@Tag(name = "Events", description = "What happens, as it happens")
public class EventsResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private EventStreams streams;

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed(Roles.READER)
    @Operation(
            operationId = "followEvents",
            summary = "The ownership events of all tables, as they happen",
            description =
                    "Server-sent events: position, the first one, whose id says where the stream begins; "
                            + "ownership (an OwnershipEvent); lost, if events were missed that are not kept any more; dropped, the last one to a client that is too slow. "
                            + "When the application stops the connection is closed without one. Comments in between say that the connection is alive.")
    @APIResponse(
            responseCode = "200",
            description = "The events",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(ref = "OwnershipEvent")))
    @APIResponse(responseCode = "400", description = "There are no ids like that")
    @APIResponse(responseCode = "503", description = "Too many clients follow events")
    public void follow(
            @Parameter(description = "The id of the last event that was seen: those after it are sent first")
                    @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER)
                    @Nullable
                    String lastEventId,
            @Parameter(description = "The same, for clients that cannot set the header")
                    @QueryParam("lastEventId")
                    @Nullable
                    String parameter,
            @Parameter(hidden = true) @Context SseEventSink sink,
            @Parameter(hidden = true) @Context Sse sse,
            @Parameter(hidden = true) @Context HttpServletResponse response) {
        EventId seen = EventId.of(lastEventId, parameter);
        streams.checkRoom();
        streams.open(new OwnershipFeed(manager.events(), seen), sink, sse, response);
    }
}
