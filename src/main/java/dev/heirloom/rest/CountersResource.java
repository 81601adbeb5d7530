package dev.heirloom.rest;

import dev.heirloom.documents.Document;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.math.BigInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Fields of rows that count. */
@Path("tables/{name}/counters")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rows", description = "Rows of tables")
public class CountersResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    private HttpTables tables;

    /** What is asked of a counter. */
    @Schema(name = "CounterStep")
    public record StepView(
            @Schema(description = "The field that counts; an integer", required = true)
            String field,

            @Schema(format = "integer", description = "What is added", defaultValue = "1")
            BigInteger by,

            @Schema(
                    format = "integer",
                    description = "Beyond this, in the direction of the step, the count becomes reset instead")
            @Nullable
            BigInteger threshold,

            // An annotation on it would stop Payara, which takes the name for that of a setter: see ApiDescription.
            @Nullable BigInteger reset) {}

    /** What a counter has come to. */
    @Schema(name = "Count")
    public record CountView(
            @Schema(format = "integer", description = "Of any size")
            BigInteger value) {}

    @POST
    @Path("{key: .+}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.WRITER)
    @Operation(
            operationId = "count",
            summary = "Add to a field of a row",
            description = "As ets:update_counter: exact, atomic, and with a threshold and a reset value if asked for.")
    @RequestBody(
            description = "The step",
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "CounterStep")))
    @APIResponse(
            responseCode = "200",
            description = "The count after the step",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Count")))
    @APIResponse(responseCode = "400", description = "The body is not JSON, or a header is malformed")
    @APIResponse(responseCode = "403", description = "The table cannot be changed over HTTP, or not by this client")
    @APIResponse(responseCode = "404", description = "There is no such table, or no such row")
    @APIResponse(responseCode = "409", description = "A unique index has the value already")
    @APIResponse(responseCode = "412", description = "The row is not as If-Match asks for")
    @APIResponse(responseCode = "413", description = "The body is too large")
    @APIResponse(responseCode = "422", description = "The field is no integer, or the step makes no sense")
    @APIResponse(responseCode = "503", description = "The table is not loaded, has no owner, or is read-only for now")
    public Response count(
            @PathParam("name") String name,
            @Parameter(description = "The key of the row") @PathParam("key") String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            InputStream body,
            @Context SecurityContext who) {
        Preconditions conditions = Preconditions.of(ifMatch, null);
        HttpTable<?, ?> table = tables.writable(name, who);
        String text = Bodies.text(body, tables.limits());
        Document asked = Problems.told(() -> table.json().reader().read(text));
        return Response.ok(new RowWrites<>(table)
                        .count(key, Counting.of(asked), conditions)
                        .json())
                .build();
    }
}
