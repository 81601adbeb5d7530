package dev.heirloom.calls;

import dev.heirloom.rest.Problem;
import dev.heirloom.rest.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gate of the webhooks: lets requests pass that Twilio has signed, and nothing else. Thread-safe. */
@ApplicationScoped
class TwilioGate {
    @Inject
    TwilioSettings settings;

    /**
     * Lets a request pass, or ends it.
     *
     * @param path below the application's REST root
     * @param requested the URL as the server sees it
     * @param form every parameter of the request's body
     * @param signature the header {@link TwilioSignature#HEADER}
     * @throws ProblemException 503 without an auth token, 403 without a valid signature
     */
    void check(String path, URI requested, MultivaluedMap<String, String> form, @Nullable String signature) {
        Optional<String> token = settings.authToken();
        if (token.isEmpty()) {
            throw new ProblemException(Problem.of(503, "missing-setting", "A setting is missing")
                    .withDetail("Without " + TwilioSettings.AUTH_TOKEN + " nobody can tell who sent this request.")
                    .with("setting", TwilioSettings.AUTH_TOKEN));
        }
        if (signature == null) {
            throw refused(TwilioSignature.HEADER + " is missing.");
        }
        if (!new TwilioSignature(token.get()).isValid(settings.signedUrl(path, requested), form, signature)) {
            throw refused(TwilioSignature.HEADER + " is not the signature of this request.");
        }
    }

    private static ProblemException refused(String why) {
        return new ProblemException(Problem.of(403, "bad-signature", "The request is not signed by Twilio")
                .withDetail(why));
    }
}
