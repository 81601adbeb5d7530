package dev.heirloom.rest;

import dev.heirloom.documents.Document;
import dev.heirloom.documents.Filter;
import dev.heirloom.documents.JsonLimits;
import dev.heirloom.documents.MergePatch;
import dev.heirloom.table.NoSuchRowException;
import dev.heirloom.table.Revision;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The rows of tables: to read, page by page, by filter; to write, each request one unit of work. */
@Path("tables/{name}/rows")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rows", description = "Rows of tables")
public class RowsResource {
    static final String MERGE_PATCH = "application/merge-patch+json";

    private static final String NO_TABLE_OR_ROW = "There is no such table, or no such row";
    private static final String NOT_READABLE = "The table is private, or not for this client";
    private static final String NOT_WRITABLE = "The table cannot be changed over HTTP, or not by this client";
    private static final String SENSELESS = "Something makes no sense for this table, or is beyond a limit";
    private static final String UNAVAILABLE = "The table is not loaded, has no owner, or is read-only for now";
    private static final String NOT_AS_ASKED = "The row is not as If-Match or If-None-Match asks for";
    private static final String KEY = "The key of the row";
    private static final String ONE_ROW = "A row; of a key of a bag, an array of rows";

    @Inject
    @SuppressWarnings("NullAway.Init")
    private HttpTables tables;

    @GET
    @RolesAllowed(Roles.READER)
    @Operation(
            operationId = "listRows",
            summary = "Rows, page by page",
            description =
                    "A page is what one commit shows. Rows of ordered sets come in the order of their keys, others "
                            + "in one of their own; a row that is there all the time comes once. A filter uses a key or an "
                            + "index where it can, and otherwise looks at a bounded number of rows.")
    @APIResponse(
            responseCode = "200",
            description = "The rows; Link has the next page, if there is one",
            headers = @Header(name = "Link", description = "rel=\"next\"", schema = @Schema(type = SchemaType.STRING)),
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = Object.class)))
    @APIResponse(responseCode = "400", description = "A parameter is malformed")
    @APIResponse(responseCode = "403", description = NOT_READABLE)
    @APIResponse(responseCode = "404", description = NO_TABLE_OR_ROW)
    @APIResponse(responseCode = "422", description = SENSELESS)
    @APIResponse(responseCode = "503", description = UNAVAILABLE)
    public Response list(
            @PathParam("name") String name,
            @Parameter(
                            description = "A filter in RSQL: ; is and, comma is or; ==, !=, =gt=, =ge=, =lt=, =le=, "
                                    + "=in=(a,b), =out=(a,b), =null=true; * stands for any characters",
                            example = "name==Sm*;age=gt=30")
                    @QueryParam("where")
                    @Nullable
                    String where,
            @Parameter(
                            description = "The order of the keys; descending for ordered sets only",
                            schema =
                                    @Schema(
                                            enumeration = {"key", "-key"},
                                            defaultValue = "key"))
                    @QueryParam("order")
                    @Nullable
                    String order,
            @Parameter(
                            description = "How many rows a page has",
                            schema =
                                    @Schema(
                                            type = SchemaType.INTEGER,
                                            minimum = "1",
                                            maximum = "1000",
                                            defaultValue = "50"))
                    @QueryParam("limit")
                    @Nullable
                    String limit,
            @Parameter(description = "The key to go on from") @QueryParam("after") @Nullable String after,
            @Context UriInfo uri,
            @Context SecurityContext who) {
        HttpTable<?, ?> table = tables.readable(name, who);
        RowPages.Asked asked = Paging.asked(where, order, limit, after, filter -> filter(filter));
        RowPages.Shown page = new RowPages<>(table, tables.limits()).read(asked);
        Response.ResponseBuilder answer =
                Response.ok(page.json()).header(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        String next = page.next();
        if (next != null) {
            answer.header(HttpHeaders.LINK, Paging.link(uri.getRequestUri(), where, order, limit, next));
        }
        return answer.build();
    }

    private Filter filter(String rsql) {
        return Problems.told(() -> Filter.parse(rsql, tables.limits()));
    }

    @GET
    @Path("{key: .+}")
    @RolesAllowed(Roles.READER)
    @Operation(operationId = "getRow", summary = "One row; of a bag, all rows with the key")
    @APIResponse(
            responseCode = "200",
            description = ONE_ROW,
            headers =
                    @Header(
                            name = "ETag",
                            description = "The commit that the row is from",
                            schema = @Schema(type = SchemaType.STRING)),
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    @APIResponse(responseCode = "304", description = "The client has it: it is the one of If-None-Match")
    @APIResponse(responseCode = "400", description = "A header is malformed")
    @APIResponse(responseCode = "403", description = NOT_READABLE)
    @APIResponse(responseCode = "404", description = NO_TABLE_OR_ROW)
    @APIResponse(responseCode = "412", description = NOT_AS_ASKED)
    @APIResponse(responseCode = "422", description = SENSELESS)
    @APIResponse(responseCode = "503", description = UNAVAILABLE)
    public Response one(
            @PathParam("name") String name,
            @Parameter(description = KEY) @PathParam("key") String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @Context SecurityContext who) {
        Preconditions conditions = Preconditions.of(ifMatch, ifNoneMatch);
        return one(tables.readable(name, who), key, conditions);
    }

    private static <K, R> Response one(HttpTable<K, R> table, String text, Preconditions conditions) {
        K key = table.json().key(text);
        Revision<R> revision = table.ref().revision(key);
        conditions.checkRead(table, revision);
        if (!revision.isPresent()) {
            throw new NoSuchRowException(table.name(), key);
        }
        Response.ResponseBuilder answer = conditions.isNotModified(table, revision)
                ? Response.notModified()
                : Response.ok(
                        table.isBag()
                                ? RowPages.array(table, revision.rows())
                                : table.json().json(revision.rows().get(0)));
        return answer.header(HttpHeaders.ETAG, table.etag(revision))
                .header(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                .build();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.WRITER)
    @Operation(
            operationId = "insertRows",
            summary = "Insert rows: all, or none of them",
            description =
                    "In a set, a row takes the place of the one that has its key. With If-None-Match: * nothing is "
                            + "inserted if one of the keys is there.")
    @RequestBody(
            description = "Rows, or one row",
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = Object.class)))
    @APIResponse(
            responseCode = "200",
            description = "They are there",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Inserted")))
    @APIResponse(responseCode = "400", description = "The body is not JSON")
    @APIResponse(responseCode = "403", description = NOT_WRITABLE)
    @APIResponse(responseCode = "404", description = NO_TABLE_OR_ROW)
    @APIResponse(responseCode = "409", description = "A unique index has one of the values already")
    @APIResponse(responseCode = "412", description = NOT_AS_ASKED)
    @APIResponse(responseCode = "413", description = "The body is too large")
    @APIResponse(responseCode = "422", description = SENSELESS)
    @APIResponse(responseCode = "503", description = UNAVAILABLE)
    @APIResponse(responseCode = "507", description = "The table has as many rows as it may have")
    public Inserted insert(
            @PathParam("name") String name,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            InputStream body,
            @Context SecurityContext who) {
        Preconditions conditions = Preconditions.of(null, ifNoneMatch);
        HttpTable<?, ?> table = tables.writable(name, who);
        List<Document> rows = documents(table, body);
        return new Inserted(new RowWrites<>(table).insert(rows, conditions.asksForNew()));
    }

    /** How many rows were inserted. */
    @Schema(name = "Inserted")
    public record Inserted(int inserted) {}

    private List<Document> documents(HttpTable<?, ?> table, InputStream body) {
        JsonLimits limits = tables.limits();
        String text = Bodies.text(body, limits);
        return Problems.told(() -> table.json().reader().readAll(text, limits.postRows()));
    }

    @PUT
    @Path("{key: .+}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.WRITER)
    @Operation(
            operationId = "putRow",
            summary = "Put a row in the place of the one with the key",
            description =
                    "In a bag, an array of rows takes the place of all rows with the key. A row of a JSON table may "
                            + "lack its key. With If-Match it is compare-and-set, with If-None-Match: * only a new row is put.")
    @RequestBody(
            description = ONE_ROW,
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    @APIResponse(
            responseCode = "200",
            description = "It has taken the place of another; ETag, unless it was changed since",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    @APIResponse(
            responseCode = "201",
            description = "It is new",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    @APIResponse(responseCode = "400", description = "The body is not JSON, or a header is malformed")
    @APIResponse(responseCode = "403", description = NOT_WRITABLE)
    @APIResponse(responseCode = "404", description = NO_TABLE_OR_ROW)
    @APIResponse(responseCode = "409", description = "A unique index has the value already")
    @APIResponse(responseCode = "412", description = NOT_AS_ASKED)
    @APIResponse(responseCode = "413", description = "The body is too large")
    @APIResponse(responseCode = "422", description = SENSELESS)
    @APIResponse(responseCode = "503", description = UNAVAILABLE)
    @APIResponse(responseCode = "507", description = "The table has as many rows as it may have")
    public Response put(
            @PathParam("name") String name,
            @Parameter(description = KEY) @PathParam("key") String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            InputStream body,
            @Context UriInfo uri,
            @Context SecurityContext who) {
        Preconditions conditions = Preconditions.of(ifMatch, ifNoneMatch);
        HttpTable<?, ?> table = tables.writable(name, who);
        List<Document> rows = table.isBag()
                ? documents(table, body)
                : List.of(Problems.told(() -> table.json().reader().read(Bodies.text(body, tables.limits()))));
        RowWrites.Written written = new RowWrites<>(table).put(key, rows, conditions);
        URI location = URI.create(uri.getRequestUri().getRawPath());
        return answer(written.created() ? Response.created(location) : Response.ok(), written);
    }

    private static Response answer(Response.ResponseBuilder answer, RowWrites.Written written) {
        return answer.entity(written.json())
                .header(HttpHeaders.ETAG, written.etag())
                .build();
    }

    @PATCH
    @Path("{key: .+}")
    @Consumes(MERGE_PATCH)
    @RolesAllowed(Roles.WRITER)
    @Operation(
            operationId = "patchRow",
            summary = "Change some of a row (RFC 7396)",
            description = "Members of the patch take the place of those of the row; null removes one.")
    @RequestBody(
            description = "A merge patch",
            required = true,
            content = @Content(mediaType = MERGE_PATCH, schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "200",
            description = "The row as it is now; ETag, unless it was changed since",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    @APIResponse(responseCode = "400", description = "The body is not JSON, or a header is malformed")
    @APIResponse(responseCode = "403", description = NOT_WRITABLE)
    @APIResponse(responseCode = "404", description = NO_TABLE_OR_ROW)
    @APIResponse(responseCode = "409", description = "A unique index has the value already")
    @APIResponse(responseCode = "412", description = NOT_AS_ASKED)
    @APIResponse(responseCode = "413", description = "The body is too large")
    @APIResponse(responseCode = "422", description = SENSELESS)
    @APIResponse(responseCode = "503", description = UNAVAILABLE)
    public Response patch(
            @PathParam("name") String name,
            @Parameter(description = KEY) @PathParam("key") String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            InputStream body,
            @Context SecurityContext who) {
        Preconditions conditions = Preconditions.of(ifMatch, ifNoneMatch);
        HttpTable<?, ?> table = tables.writable(name, who);
        String text = Bodies.text(body, tables.limits());
        MergePatch patch = Problems.told(() -> MergePatch.of(text, table.json().reader()));
        return answer(Response.ok(), new RowWrites<>(table).patch(key, patch, conditions));
    }

    @DELETE
    @Path("{key: .+}")
    @RolesAllowed(Roles.WRITER)
    @Operation(operationId = "deleteRow", summary = "Delete a row; of a bag, all rows with the key")
    @APIResponse(
            responseCode = "200",
            description = "It is gone; this is it, as Prefer: return=representation asks for",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "400", description = "A header is malformed")
    @APIResponse(responseCode = "403", description = NOT_WRITABLE)
    @APIResponse(responseCode = "404", description = NO_TABLE_OR_ROW)
    @APIResponse(responseCode = "412", description = NOT_AS_ASKED)
    @APIResponse(responseCode = "422", description = SENSELESS)
    @APIResponse(responseCode = "503", description = UNAVAILABLE)
    public Response delete(
            @PathParam("name") String name,
            @Parameter(description = KEY) @PathParam("key") String key,
            @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String ifNoneMatch,
            @Parameter(description = "return=representation has the answer show what was deleted")
                    @HeaderParam("Prefer")
                    @Nullable
                    String prefer,
            @Context SecurityContext who) {
        Preconditions conditions = Preconditions.of(ifMatch, ifNoneMatch);
        boolean shown = prefer != null && prefer.replace(" ", "").contains("return=representation");
        RowWrites<?, ?> writes = new RowWrites<>(tables.writable(name, who));
        if (shown) {
            return Response.ok(writes.take(key, conditions))
                    .header("Preference-Applied", "return=representation")
                    .build();
        }
        writes.delete(key, conditions);
        return Response.noContent().build();
    }
}
