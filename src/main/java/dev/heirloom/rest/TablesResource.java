package dev.heirloom.rest;

import dev.heirloom.documents.JsonTables;
import dev.heirloom.manager.NoSuchTableException;
import dev.heirloom.manager.TableManager;
import dev.heirloom.manager.TableStatus;
import dev.heirloom.ownership.Sabotage;
import dev.heirloom.table.Failpoint;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The tables and their owners, to look at and, where {@code heirloom.chaos} allows it, to kill. */
@Path("tables")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tables", description = "Tables and their owners")
public class TablesResource {
    private static final String NO_TABLE = "There is no such table";
    private static final String NO_CHAOS = "The setting heirloom.chaos is not true";

    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private JsonTables jsonTables;

    @Inject
    @ConfigProperty(name = "heirloom.chaos", defaultValue = "false")
    private boolean chaos;

    /** What a crash that was ordered will be like. */
    @Schema(name = "Crash", description = "How and where the owner will fail")
    public record CrashView(
            String table,

            @Schema(enumeration = {"exception", "error", "hang", "return"})
            String how,

            @Schema(description = "The step of a request at which it fails")
            String at) {}

    @GET
    @RolesAllowed(Roles.READER)
    @Operation(operationId = "listTables", summary = "All tables, by name")
    @APIResponse(
            responseCode = "200",
            description = "The tables",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = TableView.class)))
    public List<TableView> all() {
        return manager.statuses().stream().map(this::view).toList();
    }

    @GET
    @RolesAllowed(Roles.READER)
    @Path("{name}")
    @Operation(operationId = "getTable", summary = "One table")
    @APIResponse(
            responseCode = "200",
            description = "The table",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Table")))
    @APIResponse(responseCode = "404", description = NO_TABLE)
    public TableView one(@PathParam("name") String name) {
        return view(find(name));
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Path("{name}/owner/crash")
    @Operation(
            operationId = "crashOwner",
            summary = "Make the owner fail for real",
            description = "The owner fails inside its next request that comes by the chosen step.")
    @APIResponse(
            responseCode = "202",
            description = "It will fail",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Crash")))
    @APIResponse(responseCode = "400", description = "A parameter has no such value")
    @APIResponse(responseCode = "403", description = NO_CHAOS)
    @APIResponse(responseCode = "404", description = NO_TABLE)
    public Response crash(
            @PathParam("name") String name,
            @Parameter(
                            description = "How it fails",
                            schema =
                                    @Schema(
                                            enumeration = {"exception", "error", "hang", "return"},
                                            defaultValue = "exception"))
                    @QueryParam("how")
                    @Nullable
                    String how,
            @Parameter(
                            description = "At which step; chosen at random by default",
                            schema =
                                    @Schema(
                                            enumeration = {
                                                "before_function",
                                                "in_function",
                                                "before_commit",
                                                "in_commit",
                                                "before_publication",
                                                "after_publication"
                                            }))
                    @QueryParam("at")
                    @Nullable
                    String at) {
        checkChaos();
        find(name);
        Sabotage.How chosenHow = how == null ? Sabotage.How.EXCEPTION : parse("how", how, Sabotage.How.values());
        Failpoint[] points = Failpoint.values();
        Failpoint chosenAt =
                at == null ? points[ThreadLocalRandom.current().nextInt(points.length)] : parse("at", at, points);
        manager.crash(name, new Sabotage(chosenHow, chosenAt));
        return Response.accepted(new CrashView(name, lower(chosenHow), lower(chosenAt)))
                .build();
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @Path("{name}/revive")
    @Operation(
            operationId = "reviveTable",
            summary = "Have a table work again",
            description =
                    "One that is orphaned or vacant is offered to its consumer, and the count of its restarts begins "
                            + "anew; one that could not be loaded is loaded again; one that is read-only is kept again.")
    @APIResponse(
            responseCode = "202",
            description = "It is tried; look at the table for what came of it",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Table")))
    @APIResponse(responseCode = "404", description = NO_TABLE)
    @APIResponse(responseCode = "409", description = "It has an owner, or one is coming, and can be changed")
    public Response revive(@PathParam("name") String name) {
        TableStatus table = find(name);
        if (!table.isRevivable()) {
            throw new ProblemException(Problem.of(409, "not-orphaned", "The table has an owner, or one is coming")
                    .withDetail("table " + name + " is " + table.state()));
        }
        manager.revive(name);
        return Response.accepted(view(find(name))).build();
    }

    private TableView view(TableStatus table) {
        String name = table.name();
        boolean made = jsonTables.find(name).isPresent();
        return TableView.of(table, made ? "http" : JsonTables.isSystem(name) ? "system" : "application");
    }

    private TableStatus find(String name) {
        try {
            return manager.status(name);
        } catch (NoSuchTableException e) {
            jsonTables.requireRestored(); // it may come yet
            throw new ProblemException(HttpTables.noSuchTable(name));
        }
    }

    private void checkChaos() {
        if (!chaos) {
            throw new ProblemException(Problem.of(403, "chaos-off", "Owners cannot be killed here")
                    .withDetail("set heirloom.chaos=true to allow it"));
        }
    }

    private static <E extends Enum<E>> E parse(String parameter, String value, E[] values) {
        return Arrays.stream(values)
                .filter(each -> lower(each).equals(value))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(400, "bad-parameter", "A parameter is wrong")
                        .withDetail(parameter + " is none of "
                                + Arrays.stream(values)
                                        .map(TablesResource::lower)
                                        .toList())
                        .with("parameter", parameter)));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
