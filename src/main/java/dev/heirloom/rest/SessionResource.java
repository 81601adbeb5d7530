package dev.heirloom.rest;

import dev.heirloom.security.Admission;
import dev.heirloom.security.Audit;
import dev.heirloom.security.Caller;
import dev.heirloom.security.Logins;
import dev.heirloom.security.RequestAuthentication;
import dev.heirloom.security.Sessions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Logging in and out, for pages in a browser. Thread-safe. */
@Path("session")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Session", description = "Logging in and out")
public class SessionResource {
    @Inject
    @SuppressWarnings("NullAway.Init")
    private Logins logins;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Sessions sessions;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Audit audit;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private Config config;

    /** What is sent to log in; for the description of the API. */
    @Schema(name = "Login")
    public record LoginView(
            @Schema(required = true) String user,

            @Schema(required = true) String password) {}

    /** Who is logged in. */
    @Schema(name = "Session")
    public record SessionView(
            String user,

            @Schema(type = SchemaType.ARRAY, implementation = String.class, description = "With those they include")
            List<String> roles,

            @Schema(
                    nullable = true,
                    description = "For the header X-CSRF-Token of requests that change something; none for a user who "
                            + "is not known by a cookie")
            @Nullable
            String csrf) {
        static SessionView of(Caller caller) {
            return new SessionView(caller.name(), List.copyOf(caller.roles()), caller.csrf());
        }
    }

    @POST
    @Open
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "logIn", summary = "Log in", description = "Sets a cookie, which is the session.")
    @RequestBody(
            required = true,
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Login")))
    @APIResponse(
            responseCode = "200",
            description = "Logged in",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Session")))
    @APIResponse(responseCode = "400", description = "The body is not what it should be")
    @APIResponse(responseCode = "401", description = "The user or the password is wrong")
    @APIResponse(responseCode = "429", description = "Too many attempts; Retry-After says when to try again")
    public Response logIn(@Context HttpServletRequest request, @Nullable String body) {
        JsonObject login = parse(body);
        Admission admission = logins.login(text(login, "user"), text(login, "password"), request.getRemoteAddr());
        if (admission instanceof Admission.Admitted admitted) {
            RequestAuthentication.cookie(request).ifPresent(sessions::end);
            Sessions.Begun begun = sessions.begin(admitted.caller());
            audit.note(admitted.caller().name(), "begin a session", "done", request.getRemoteAddr());
            return Response.ok(SessionView.of(begun.caller()))
                    .cookie(cookie(request).value(begun.id()).build())
                    .build();
        }
        if (admission instanceof Admission.LockedOut locked) {
            throw new ProblemException(Refusals.lockedOut(locked));
        }
        throw new ProblemException(Refusals.WRONG);
    }

    @GET
    @RolesAllowed(Roles.READER)
    @Operation(operationId = "whoAmI", summary = "Who is logged in")
    @APIResponse(
            responseCode = "200",
            description = "The user",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "Session")))
    @APIResponse(responseCode = "401", description = "Nobody")
    public SessionView get(@Context SecurityContext security) {
        return SessionView.of((Caller) security.getUserPrincipal());
    }

    @DELETE
    @RolesAllowed(Roles.READER)
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE}) // clients may accept nothing but problems
    @Operation(operationId = "logOut", summary = "Log out")
    @APIResponse(responseCode = "204", description = "Logged out")
    @APIResponse(responseCode = "401", description = "Nobody")
    public Response logOut(@Context HttpServletRequest request, @Context SecurityContext security) {
        RequestAuthentication.cookie(request).ifPresent(sessions::end);
        audit.note(security.getUserPrincipal().getName(), "log out", "done", request.getRemoteAddr());
        return Response.noContent()
                .cookie(cookie(request).value("").maxAge(0).build())
                .build();
    }

    private NewCookie.Builder cookie(HttpServletRequest request) {
        String path = request.getContextPath();
        boolean proxied = config.getOptionalValue("heirloom.public-url", String.class)
                .map(url -> url.strip().toLowerCase(Locale.ROOT).startsWith("https:"))
                .orElse(false);
        return new NewCookie.Builder(Sessions.COOKIE)
                .path(path.isEmpty() ? "/" : path)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.STRICT)
                .secure(request.isSecure() || proxied);
    }

    /** Nothing of a body that is wrong is repeated: there may be a password in it. */
    private static JsonObject parse(@Nullable String body) {
        try (JsonReader reader = Json.createReader(new StringReader(body == null ? "" : body))) {
            return reader.readObject();
        } catch (JsonException | IllegalStateException e) {
            throw malformed("It is no JSON object.");
        }
    }

    private static String text(JsonObject body, String name) {
        if (body.get(name) instanceof JsonString text) {
            return text.getString();
        }
        throw malformed(name + " is missing, or is no string.");
    }

    private static ProblemException malformed(String why) {
        return new ProblemException(Problem.of(400, "malformed", "The body is not what it should be")
                .withDetail(why));
    }
}
