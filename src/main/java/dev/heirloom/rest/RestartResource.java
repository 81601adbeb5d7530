package dev.heirloom.rest;

import dev.heirloom.manager.TableManager;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Restarts the owner of a table in an orderly way. */
@Path("tables/{name}/owner/restart")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tables")
public class RestartResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private OwnerOrders orders;

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "restartOwner",
            summary = "Have the owner end between two requests, and its successor start",
            description = "Nothing is lost: requests that wait are served by the successor. It is no failure: there is "
                    + "no delay, and it does not count towards giving the table up.")
    @APIResponse(
            responseCode = "200",
            description = "The owner has ended",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Table")))
    @APIResponse(
            responseCode = "202",
            description = "The owner is busy, and will end before it serves its next request",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Table")))
    @APIResponse(responseCode = "404", description = "There is no such table")
    @APIResponse(responseCode = "409", description = "The table has no owner")
    public Response restart(@PathParam("name") String name) {
        return orders.answer(name, manager.restart(name));
    }
}
