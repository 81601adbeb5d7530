package dev.heirloom.rest;

import dev.heirloom.manager.TableManager;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happened to the ownership of one table last. */
@Path("tables/{name}/history")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tables")
public class HistoryResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @GET
    @RolesAllowed(Roles.READER)
    @Operation(
            operationId = "getHistory",
            summary = "What happened to a table's ownership, the oldest first",
            description = "The latest events only (setting heirloom.events.history), also from before it was renamed.")
    @APIResponse(
            responseCode = "200",
            description = "The events",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = EventView.class)))
    @APIResponse(responseCode = "404", description = "There is no such table")
    public List<EventView> history(@PathParam("name") String name) {
        return manager.history(name).stream().map(EventView::of).toList();
    }
}
