package dev.heirloom.rest;

import dev.heirloom.manager.TableManager;
import dev.heirloom.manager.TableStatus;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What takes longer than a request may: imports, exports to a file, and tables that are being loaded. */
@Path("jobs")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs", description = "What takes longer than a request may")
public class JobsResource {
    private static final String NO_JOB = "There is no such job";

    @Inject
    @SuppressWarnings("NullAway.Init")
    private TableManager manager;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Jobs jobs;

    @GET
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "listJobs",
            summary = "All jobs, the latest first, and before them the tables that are being loaded")
    @APIResponse(
            responseCode = "200",
            description = "The jobs",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = JobView.class)))
    public List<JobView> all() {
        return Stream.concat(loads(), jobs.all().stream().map(Job::view)).toList();
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "getJob", summary = "One job")
    @APIResponse(
            responseCode = "200",
            description = "The job",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Job")))
    @APIResponse(responseCode = "404", description = NO_JOB)
    public JobView one(@PathParam("id") String id) {
        return loads().filter(load -> load.id().equals(id)).findFirst().orElseGet(() -> find(id).view());
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(
            operationId = "deleteJob",
            summary = "Cancel a job that runs; forget one that has ended, and delete its result",
            description = "An import that is cancelled has changed nothing.")
    @APIResponse(
            responseCode = "202",
            description = "It will end soon",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Job")))
    @APIResponse(responseCode = "204", description = "It is forgotten")
    @APIResponse(responseCode = "404", description = NO_JOB)
    @APIResponse(
            responseCode = "409",
            description = "It cannot be cancelled, or not any more: its changes are being made")
    public Response delete(@PathParam("id") String id) {
        if (loads().anyMatch(load -> load.id().equals(id))) {
            throw notCancellable("a table that is being loaded is loaded to the end");
        }
        Job job = find(id);
        if (job.cancel()) {
            return Response.accepted(job.view()).build();
        }
        if (job.state() == Job.State.RUNNING) {
            throw notCancellable("its changes are being made");
        }
        jobs.forget(job);
        return Response.noContent().build();
    }

    @GET
    @Path("{id}/result")
    @Produces({TableFiles.JSON_LINES, TableFiles.GZIP, MediaType.APPLICATION_JSON})
    @RolesAllowed(Roles.OPERATOR)
    @Operation(operationId = "getJobResult", summary = "The file that an export has written")
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
    @APIResponse(responseCode = "404", description = "There is no such job, or it has no result")
    @APIResponse(responseCode = "409", description = "The job has not ended")
    public Response result(@PathParam("id") String id) throws IOException {
        Job job = find(id);
        if (job.state() == Job.State.RUNNING) {
            throw new ProblemException(Problem.of(409, "job-running", "The job has not ended")
                    .withDetail("job " + id + " is still running"));
        }
        Job.Result result = job.result();
        if (result == null) {
            throw new ProblemException(Problem.of(404, "no-result", "The job has no result")
                    .withDetail("job " + id + " is " + JobView.lower(job.state()) + " and has left no file"));
        }
        return TableFiles.open(result).toResponse();
    }

    private Stream<JobView> loads() {
        return manager.statuses().stream().filter(TableStatus::isLoading).map(JobView::ofLoad);
    }

    private Job find(String id) {
        return jobs.find(id)
                .orElseThrow(() -> new ProblemException(Problem.of(404, "no-such-job", NO_JOB)
                        .withDetail("there is no job " + id + ", or it was forgotten")));
    }

    private static ProblemException notCancellable(String why) {
        return new ProblemException(Problem.of(409, "not-cancellable", "The job cannot be cancelled")
                .withDetail(why));
    }
}
