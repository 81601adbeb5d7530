package dev.heirloom.rest;

import dev.heirloom.security.Admission;
import dev.heirloom.security.Caller;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Principal;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests pass to Heirloom's resources whose callers may, and refuses the rest: 401 without a user, 403 without a
 * role, 429 after too many wrong passwords. What has no annotation is denied. Resources of others are none of its
 * business. Thread-safe.
 *
 * <p>A request that changes something, and whose caller is known by a cookie, must repeat the token of the session:
 * browsers send cookies whoever made the page.
 */
@Provider
@Priority(Priorities.AUTHORIZATION - 1) // before the filter of the server's own, which then sees who the caller is
public class Guard implements ContainerRequestFilter {
    static final String CSRF = "X-CSRF-Token";

    private static final String OURS = "dev.heirloom";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final String BASIC = "Basic realm=\"heirloom\", charset=\"UTF-8\"";

    /** Of no scheme that browsers know: on Basic, they would ask for the password themselves. */
    private static final String SESSION = "Session realm=\"heirloom\"";

    @Context
    @SuppressWarnings("NullAway.Init")
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        Class<?> type = resource.getResourceClass();
        if (type == null || !isOurs(type)) {
            return;
        }
        Object admission = request.getProperty(Admission.ATTRIBUTE);
        Caller caller = caller(admission, request.getSecurityContext());
        if (caller != null) {
            boolean secure = request.getSecurityContext().isSecure();
            request.setSecurityContext(new CallerContext(caller, secure));
        }
        Response refusal = refusal(Permission.of(type, resource.getResourceMethod()), admission, caller, request);
        if (refusal != null) {
            request.abortWith(refusal);
        }
    }

    static boolean isOurs(Class<?> type) {
        return type.getPackageName().equals(OURS) || type.getPackageName().startsWith(OURS + ".");
    }

    /** By our mechanism, or by whichever the application has instead. */
    private static @Nullable Caller caller(@Nullable Object admission, SecurityContext container) {
        if (admission instanceof Admission.Admitted admitted) {
            return admitted.caller();
        }
        Principal principal = admission == null ? container.getUserPrincipal() : null;
        if (principal == null) {
            return null;
        }
        Set<String> roles = new TreeSet<>(Set.of(Roles.READER, Roles.WRITER, Roles.OPERATOR));
        roles.removeIf(role -> !container.isUserInRole(role));
        return new Caller(principal.getName(), roles, null);
    }

    private static @Nullable Response refusal(
            Permission permission,
            @Nullable Object admission,
            @Nullable Caller caller,
            ContainerRequestContext request) {
        if (permission.open()) {
            return null;
        }
        if (admission instanceof Admission.LockedOut locked) {
            return Refusals.lockedOut(locked).toResponse();
        }
        if (caller == null) {
            Problem problem = admission instanceof Admission.Refused ? Refusals.WRONG : Refusals.NONE;
            return problem.on(Response.status(401).header(HttpHeaders.WWW_AUTHENTICATE, challenge(request)));
        }
        if (permission.roles().stream().noneMatch(caller::has)) {
            return Refusals.notAllowed(permission.roles()).toResponse();
        }
        return isForged(caller, request) ? Refusals.FORGED.toResponse() : null;
    }

    private static boolean isForged(Caller caller, ContainerRequestContext request) {
        String csrf = caller.csrf();
        if (csrf == null || SAFE.contains(request.getMethod())) {
            return false;
        }
        String sent = request.getHeaderString(CSRF);
        return sent == null
                || !MessageDigest.isEqual(csrf.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    /** A script of a page, event streams included, is told what to do without the browser interfering. */
    private static String challenge(ContainerRequestContext request) {
        String mode = request.getHeaderString("Sec-Fetch-Mode");
        boolean script = request.getHeaderString("X-Requested-With") != null
                || (mode != null && !mode.toLowerCase(Locale.ROOT).equals("navigate"));
        return script ? SESSION : BASIC;
    }
}
