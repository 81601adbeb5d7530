package dev.heirloom.rest;

import dev.heirloom.documents.JsonTable;
import dev.heirloom.documents.JsonTables;
import dev.heirloom.manager.TableManager;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tables of JSON objects, made over HTTP: their definitions. */
@Path("tables")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tables", description = "Tables and their owners")
public class DefinitionsResource {
    private static final String NO_TABLE = "There is no such table";
    private static final String NOT_LOADED = "It is not known yet which tables there are, or it cannot be written down";

    @Inject
    @SuppressWarnings("NullAway.Init")
    private JsonTables jsonTables;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private HttpTables tables;

    @GET
    @Path("{name}/definition")
    @RolesAllowed(Roles.READER)
    @Operation(operationId = "getDefinition", summary = "How a table was defined that was made over HTTP")
    @APIResponse(
            responseCode = "200",
            description = "The definition",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Definition")))
    @APIResponse(responseCode = "404", description = "There is no such table, or it is the application's")
    @APIResponse(responseCode = "503", description = NOT_LOADED)
    public Response definition(@PathParam("name") String name) {
        Optional<JsonTable> table = jsonTables.find(name);
        if (table.isPresent()) {
            return Response.ok(table.get().toJson()).build();
        }
        requireTable(name);
        throw new ProblemException(Problem.of(404, "no-definition", "The table was not made over HTTP")
                .withDetail("table " + name + " is the application's"));
    }

    private void requireTable(String name) {
        if (!manager.names().contains(name)) {
            jsonTables.requireRestored();
            throw new ProblemException(HttpTables.noSuchTable(name));
        }
    }

    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "makeTable",
            summary = "Make a table of JSON objects",
            description = "It is there after a restart, too; what of its rows is, its durability says.")
    @RequestBody(
            description = "The definition; what it does not say is as usual",
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Definition")))
    @APIResponse(
            responseCode = "200",
            description = "It was there already, with the same definition",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Definition")))
    @APIResponse(
            responseCode = "201",
            description = "It is made",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Definition")))
    @APIResponse(responseCode = "400", description = "The body is not JSON")
    @APIResponse(responseCode = "409", description = "Another table has the name")
    @APIResponse(responseCode = "413", description = "The body is too large")
    @APIResponse(
            responseCode = "422",
            description = "The name or the definition makes no sense, or there are too many tables")
    @APIResponse(responseCode = "503", description = NOT_LOADED)
    public Response put(@PathParam("name") String name, InputStream body, @Context UriInfo uri) {
        String text = Bodies.text(body, tables.limits());
        JsonTables.Put put = Problems.told(() -> jsonTables.put(name, text));
        if (put == JsonTables.Put.ANOTHER_IS_THERE) {
            throw new ProblemException(Problem.of(409, "table-exists", "Another table has the name")
                    .withDetail("there is a table called " + name + " that is not defined like this"));
        }
        URI location = URI.create(uri.getRequestUri().getRawPath());
        Response.ResponseBuilder answer = put == JsonTables.Put.MADE ? Response.created(location) : Response.ok();
        return answer.entity(jsonTables.find(name).map(JsonTable::toJson).orElse(null))
                .build();
    }

    @PATCH
    @Path("{name}")
    @Consumes(RowsResource.MERGE_PATCH)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "patchTable",
            summary = "Change who may read and write a table (RFC 7396)",
            description = "Everything else is fixed when a table is made.")
    @RequestBody(
            description = "A merge patch with readers or writers",
            required = true,
            content = @Content(mediaType = RowsResource.MERGE_PATCH, schema = @Schema(ref = "Definition")))
    @APIResponse(
            responseCode = "200",
            description = "The definition as it is now",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Definition")))
    @APIResponse(responseCode = "400", description = "The body is not JSON")
    @APIResponse(responseCode = "403", description = "The table is the application's")
    @APIResponse(responseCode = "404", description = NO_TABLE)
    @APIResponse(responseCode = "413", description = "The body is too large")
    @APIResponse(responseCode = "422", description = "The patch changes what is fixed, or makes no sense")
    @APIResponse(responseCode = "503", description = NOT_LOADED)
    public Response patch(@PathParam("name") String name, InputStream body) {
        String text = Bodies.text(body, tables.limits());
        return Response.ok(Problems.told(() -> jsonTables.patch(name, text))
                        .orElseThrow(() -> notMadeOverHttp(name))
                        .toJson())
                .build();
    }

    private ProblemException notMadeOverHttp(String name) {
        requireTable(name);
        return new ProblemException(Problem.of(403, "not-made-over-http", "The table was not made over HTTP")
                .withDetail("table " + name + " is the application's or Heirloom's own: it cannot be changed here"));
    }

    @DELETE
    @Path("{name}")
    @RolesAllowed(Roles.OPERATOR)
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE}) // clients may accept nothing but problems
    @Operation(operationId = "deleteTable", summary = "Delete a table that was made over HTTP, and its rows")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "403", description = "The table is the application's")
    @APIResponse(responseCode = "404", description = NO_TABLE)
    @APIResponse(responseCode = "503", description = NOT_LOADED)
    public void delete(@PathParam("name") String name) {
        if (!jsonTables.delete(name)) {
            throw notMadeOverHttp(name);
        }
    }
}
