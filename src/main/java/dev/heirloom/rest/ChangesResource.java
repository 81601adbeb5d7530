package dev.heirloom.rest;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.UnsupportedRowException;
import dev.heirloom.manager.NoSuchTableException;
import dev.heirloom.manager.TableManager;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.table.ChangesNotKeptException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

/** The committed changes of one table, as they happen. */
@Path("tables/{name}/changes")
@ApplicationScoped
@Tag(name = "Events")
public class ChangesResource {
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
            operationId = "followChanges",
            summary = "The committed changes of a table, as they happen",
            description =
                    "Server-sent events: position, the first one, whose id says where the stream begins; change ({sequence, commit, epoch, op, old, new}; op is insert, update, "
                            + "delete or expire); lost, if changes were missed that are not kept any more: read the table anew; "
                            + "dropped, the last one to a client that is too slow; ended, the last one when the table is "
                            + "deleted or renamed. When the application stops the connection is closed without one.")
    @APIResponse(
            responseCode = "200",
            description = "The changes",
            content =
                    @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = String.class)))
    @APIResponse(responseCode = "400", description = "There are no ids like that")
    @APIResponse(responseCode = "403", description = "The table is private")
    @APIResponse(responseCode = "404", description = "There is no such table")
    @APIResponse(responseCode = "409", description = "The table keeps no changes, or its rows cannot be shown as JSON")
    @APIResponse(responseCode = "503", description = "The table is not loaded, or too many clients follow events")
    public void follow(
            @PathParam("name") String name,
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
        Feed feed = feed(manager.spec(name), name, seen);
        streams.checkRoom();
        streams.open(feed, sink, sse, response);
    }

    @SuppressWarnings("unchecked") // the table was made from the spec
    private <K, R> Feed feed(TableSpec<K, R> spec, String name, @Nullable EventId seen) {
        String identity = manager.identity(name);
        TableRef<K, R> ref =
                (TableRef<K, R>) manager.find(name).orElseThrow(() -> new ProblemException(Problems.noSuchTable(name)));
        try {
            var rows = new StreamJson.RowJson<>(
                    spec.keeping().format(spec.schema()).json(), spec.keeping().codec() != null);
            return new ChangesFeed<>(ref, identity, rows, seen, this::exists);
        } catch (ChangesNotKeptException e) {
            throw new ProblemException(Problem.of(409, "no-changes", "The table keeps no changes")
                    .withDetail("declare it with .changeBuffer(n), or make it with \"changeBuffer\": n"));
        } catch (UnsupportedRowException e) {
            throw new ProblemException(Problem.of(409, "rows-not-json", "The rows cannot be shown as JSON")
                    .withDetail(String.valueOf(e.getMessage())));
        }
    }

    private boolean exists(String name) {
        try {
            return !manager.status(name).isClosed();
        } catch (NoSuchTableException e) {
            return false;
        }
    }
}
