package dev.heirloom.load;

import com.twilio.security.RequestValidator;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The application: the same for both stores, which the path names. */
@Path("{store}")
@ApplicationScoped
@PermitAll
public class LinesResource {
    static final String TOKEN = "a token that only the benchmark knows";

    private final RequestValidator validator = new RequestValidator(TOKEN);

    @Inject
    HeirloomLines heirloom;

    @Inject
    RedisLines redis;

    private Lines store(String name) {
        return name.equals("heirloom") ? heirloom : redis;
    }

    @POST
    @Path("fill")
    public void fill(@PathParam("store") String store) {
        store(store).fill();
    }

    @GET
    @Path("lines/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public Line get(@PathParam("store") String store, @PathParam("id") String id) {
        return store(store).find(id);
    }

    @POST
    @Path("lines/{id}")
    @Produces(MediaType.TEXT_PLAIN)
    public String change(@PathParam("store") String store, @PathParam("id") String id) {
        return Long.toString(store(store).change(id));
    }

    @POST
    @Path("callback")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public void callback(
            @PathParam("store") String store,
            @HeaderParam("X-Twilio-Signature") String signature,
            @Context UriInfo uri,
            MultivaluedMap<String, String> form) {
        Map<String, String> single = form.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().get(0)));
        if (!validator.validate(uri.getRequestUri().toString(), single, signature)) {
            throw new ForbiddenException();
        }
        long unused = store(store)
                .status(Objects.requireNonNull(single.get("CallSid")), single.getOrDefault("CallStatus", ""));
    }

    @POST
    @Path("many")
    @Produces(MediaType.TEXT_PLAIN)
    public String many(@PathParam("store") String store, @QueryParam("id") List<String> ids) {
        return Long.toString(
                store.equals("pipelined")
                        ? redis.readAndChangePipelined(ids)
                        : store(store).readAndChange(ids));
    }

    @GET
    @Path("changes")
    @Produces(MediaType.TEXT_PLAIN)
    public String changes(@PathParam("store") String store) {
        return Long.toString(store(store).changes());
    }

    @POST
    @Path("kill")
    public void kill(@PathParam("store") String store) {
        store(store).kill();
    }
}
