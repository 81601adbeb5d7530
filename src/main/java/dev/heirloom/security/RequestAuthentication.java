package dev.heirloom.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Says who sends a request, by {@code Authorization: Basic} (RFC 7617), {@code Authorization: Bearer} (RFC 6750), or the
 * cookie of a session, in this order. Thread-safe.
 *
 * <p>The one mechanism of the application: Jakarta Security allows no second. It answers nothing itself where the
 * container does not demand it: what a caller may do, and what an answer says of it, is for those who serve the request,
 * who find the {@link Admission} in an attribute.
 */
@ApplicationScoped
public class RequestAuthentication implements HttpAuthenticationMechanism {
    private static final String AUTHORIZATION = "Authorization";
    private static final String BASIC = "basic ";
    private static final String BEARER = "bearer ";
    private static final Admission REFUSED = new Admission.Refused();

    @Inject
    @SuppressWarnings("NullAway.Init")
    Logins logins;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Tokens tokens;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Sessions sessions;

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        Admission admission = admission(request);
        request.setAttribute(Admission.ATTRIBUTE, admission);
        if (admission instanceof Admission.Admitted admitted) {
            Caller caller = admitted.caller();
            return context.notifyContainerAboutLogin(new CallerPrincipal(caller.name()), caller.roles());
        }
        boolean demanded = context.isProtected() && !context.isAuthenticationRequest();
        return demanded ? context.responseUnauthorized() : context.doNothing();
    }

    Admission admission(HttpServletRequest request) {
        String authorization = request.getHeader(AUTHORIZATION);
        if (authorization == null) {
            return cookie(request)
                    .flatMap(sessions::find)
                    .<Admission>map(Admission.Admitted::new)
                    .orElseGet(Admission.Anonymous::new);
        }
        String scheme = authorization.toLowerCase(Locale.ROOT);
        if (scheme.startsWith(BASIC)) {
            return basic(authorization.substring(BASIC.length()).strip(), request.getRemoteAddr());
        }
        if (scheme.startsWith(BEARER)) {
            return tokens.caller(authorization.substring(BEARER.length()).strip())
                    .<Admission>map(Admission.Admitted::new)
                    .orElse(REFUSED);
        }
        return REFUSED;
    }

    private Admission basic(String credentials, String address) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return REFUSED;
        }
        int colon = pair.indexOf(':');
        return colon < 0 ? REFUSED : logins.login(pair.substring(0, colon), pair.substring(colon + 1), address);
    }

    /** The id of the session that a request names. */
    public static Optional<String> cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (Sessions.COOKIE.equals(cookie.getName())) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }
}
