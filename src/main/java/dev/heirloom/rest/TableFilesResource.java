package dev.heirloom.rest;

import dev.heirloom.manager.NoSuchTableException;
import dev.heirloom.manager.TableHandle;
import dev.heirloom.manager.TableManager;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tables as files: exported, imported, and what can be had of them when what was kept is damaged. */
@Path("tables")
@ApplicationScoped
@Tag(name = "Table files", description = "Tables exported and imported as JSON Lines")
public class TableFilesResource {
    private static final String NO_TABLE = "There is no such table";
    private static final String BUSY = "It is not loaded, or too much is going on";
    private static final String PRIVATE = "The table is private";

    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableTransfers transfers;

    @GET
    @Path("{name}/export")
    @Produces({TableFiles.JSON_LINES, TableFiles.GZIP})
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "exportTable",
            summary = "All rows of a table at one moment",
            description = "JSON Lines: a header, a line for each row, and a trailer; header and rows have checksums.")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(
                        mediaType = TableFiles.JSON_LINES,
                        schema = @Schema(implementation = String.class, format = "binary")),
                @Content(
                        mediaType = TableFiles.GZIP,
                        schema = @Schema(implementation = String.class, format = "binary"))
            })
    @APIResponse(responseCode = "400", description = "A parameter has no such value")
    @APIResponse(responseCode = "403", description = PRIVATE)
    @APIResponse(responseCode = "404", description = NO_TABLE)
    @APIResponse(responseCode = "409", description = "There is nothing to salvage")
    @APIResponse(responseCode = "422", description = "Its rows cannot be written")
    @APIResponse(responseCode = "503", description = BUSY)
    public Response export(
            @PathParam("name") String name,
            @Parameter(
                            description = "Have the file itself compressed, instead of its transfer",
                            schema = @Schema(enumeration = {"gzip"}))
                    @QueryParam("compress")
                    @Nullable
                    String compress,
            @Parameter(
                            description =
                                    "Read what can be read of the damaged files of a table that could not be loaded;"
                                            + " the header says what was left out, and nothing is changed")
                    @QueryParam("salvage")
                    @DefaultValue("false")
                    boolean salvage,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.ACCEPT_ENCODING) @Nullable String accepted) {
        return told(() -> transfers
                .export(find(name), salvage, TableFiles.Packing.of(compress, accepted))
                .toResponse());
    }

    @POST
    @Path("{name}/export")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "startExport",
            summary = "Have a table written to a file, to be fetched from its job",
            description = "The file is deleted with the job.")
    @APIResponse(
            responseCode = "202",
            description = "The job",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Job")))
    @APIResponse(responseCode = "400", description = "A parameter has no such value")
    @APIResponse(responseCode = "403", description = PRIVATE)
    @APIResponse(responseCode = "404", description = NO_TABLE)
    @APIResponse(responseCode = "422", description = "Its rows cannot be written")
    @APIResponse(responseCode = "503", description = BUSY)
    public Response startExport(
            @PathParam("name") String name,
            @Parameter(description = "Have the file compressed", schema = @Schema(enumeration = {"gzip"}))
                    @QueryParam("compress")
                    @Nullable
                    String compress,
            @Context UriInfo uri) {
        boolean zipped = TableFiles.Packing.of(compress, null).isCompressed();
        return told(() -> accepted(transfers.startExport(find(name), zipped), uri));
    }

    @POST
    @Path("{name}/import")
    @Consumes({TableFiles.JSON_LINES, TableFiles.NDJSON, TableFiles.GZIP, MediaType.APPLICATION_OCTET_STREAM})
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "importTable",
            summary = "Bring the rows of a file into a table, all or none",
            description = "The whole file is received, and refused unless it is undamaged, before this is answered. The"
                    + " job then decodes the rows, and has the owner make one unit of work of them.")
    @RequestBody(
            description = "What an export gives; may be compressed",
            required = true,
            content = {
                @Content(
                        mediaType = TableFiles.JSON_LINES,
                        schema = @Schema(implementation = String.class, format = "binary")),
                @Content(
                        mediaType = TableFiles.NDJSON,
                        schema = @Schema(implementation = String.class, format = "binary")),
                @Content(
                        mediaType = TableFiles.GZIP,
                        schema = @Schema(implementation = String.class, format = "binary")),
                @Content(
                        mediaType = MediaType.APPLICATION_OCTET_STREAM,
                        schema = @Schema(implementation = String.class, format = "binary"))
            })
    @APIResponse(
            responseCode = "202",
            description = "The job",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Job")))
    @APIResponse(
            responseCode = "400",
            description = "The file is damaged or incomplete, or a parameter has no such value")
    @APIResponse(responseCode = "403", description = PRIVATE)
    @APIResponse(responseCode = "404", description = NO_TABLE)
    @APIResponse(responseCode = "413", description = "It is larger than heirloom.import.max-bytes")
    @APIResponse(responseCode = "415", description = "It is of another type, or compressed in another way")
    @APIResponse(
            responseCode = "422",
            description = "It is the file of another type of table, or of other rows, or of too many")
    @APIResponse(
            responseCode = "503",
            description = "It is not loaded, read-only or without an owner, or too much is going on")
    public Response startImport(
            @PathParam("name") String name,
            @Parameter(
                            description = "Whether rows stay whose keys the file does not have",
                            schema =
                                    @Schema(
                                            enumeration = {"merge", "replace"},
                                            defaultValue = "merge"))
                    @QueryParam("mode")
                    @Nullable
                    String mode,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
            InputStream body,
            @Context UriInfo uri) {
        Import.Mode how = Import.Mode.of(mode);
        boolean compressed = TableFiles.isCompressed(encoding, type);
        return told(() -> accepted(transfers.startImport(find(name), how, body, compressed), uri));
    }

    @POST
    @Path("{name}/set-aside")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "setAside",
            summary = "Have a table that could not be loaded begin anew, empty",
            description =
                    "Its files are kept, in a directory beside the one they were in; the log says which. Export what"
                            + " can be read before, with salvage=true, and import it then.")
    @APIResponse(
            responseCode = "202",
            description = "It is done; look at the table for what came of it",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Table")))
    @APIResponse(responseCode = "404", description = NO_TABLE)
    @APIResponse(responseCode = "409", description = "It has not failed to be loaded")
    public Response setAside(@PathParam("name") String name) {
        TableHandle<?, ?> table = find(name);
        if (!table.setAside()) {
            throw new ProblemException(Problem.of(409, "not-unloaded", "The table has not failed to be loaded")
                    .withDetail("table " + name + " is " + table.status().state() + ": its files stay where they are"));
        }
        return Response.accepted(TableView.of(table.status())).build();
    }

    private static Response accepted(Job job, UriInfo uri) {
        return Response.accepted(job.view())
                .location(uri.getBaseUriBuilder().path("jobs").path(job.id()).build())
                .build();
    }

    private interface Action {
        Response run() throws Exception;
    }

    /** Tells of whatever goes wrong as the problem it is. */
    private static Response told(Action action) {
        try {
            return action.run();
        } catch (Exception | OutOfMemoryError e) {
            throw new ProblemException(FileProblems.of(e));
        }
    }

    private TableHandle<?, ?> find(String name) {
        try {
            return manager.handle(name);
        } catch (NoSuchTableException e) {
            throw new ProblemException(
                    Problem.of(404, "no-such-table", NO_TABLE).withDetail("there is no table called " + name));
        }
    }
}
