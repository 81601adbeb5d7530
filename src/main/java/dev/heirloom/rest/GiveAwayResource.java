package dev.heirloom.rest;

import dev.heirloom.manager.TableManager;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.StringReader;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Gives a table away on behalf of its owner. */
@Path("tables/{name}/owner/give-away")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tables")
public class GiveAwayResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private OwnerOrders orders;

    /** Whom a table is to be given to. */
    @Schema(name = "GiveAway")
    public record GiveAway(
            @Schema(
                    required = true,
                    description = "The name of a consumer that is deployed: the simple name of its class")
            String to) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "giveTableAway",
            summary = "Have the owner give the table to another consumer, between two requests",
            description = "Nothing is lost: requests that wait are served by the new owner.")
    @APIResponse(
            responseCode = "200",
            description = "It was given away",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Table")))
    @APIResponse(
            responseCode = "202",
            description = "The owner is busy, and will give it away before it serves its next request",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Table")))
    @APIResponse(responseCode = "400", description = "The body does not say whom to give it to")
    @APIResponse(responseCode = "404", description = "There is no such table")
    @APIResponse(
            responseCode = "409",
            description = "The consumer is not deployed or owns it already, or the table has no owner")
    public Response giveAway(
            @PathParam("name") String name,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(ref = "GiveAway")))
                    @Nullable
                    String body) {
        return orders.answer(name, manager.giveAway(name, to(body)));
    }

    private static String to(@Nullable String body) {
        try (JsonReader reader = Json.createReader(new StringReader(body == null ? "" : body))) {
            if (reader.readValue() instanceof JsonObject object
                    && object.get("to") instanceof JsonString to
                    && !to.getString().isBlank()) {
                return to.getString();
            }
        } catch (JsonException e) {
            throw badBody("the body is no JSON");
        }
        throw badBody("to: the name of a consumer is missing");
    }

    private static ProblemException badBody(String detail) {
        return new ProblemException(Problem.of(400, "bad-body", "The body is wrong")
                .withDetail(detail)
                .with("parameter", "to"));
    }
}
