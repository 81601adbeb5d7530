package dev.heirloom.calls;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What the application and Twilio, or the pretended callers, have agreed on: the token requests are signed with, and the
 * URL that is part of what is signed. Thread-safe. The settings are documented at {@link CallSettings}.
 */
@ApplicationScoped
class TwilioSettings {
    static final String AUTH_TOKEN = "heirloom.twilio.auth-token";

    @Inject
    @ConfigProperty(name = AUTH_TOKEN)
    Optional<String> authToken;

    @Inject
    @ConfigProperty(name = "heirloom.public-url")
    Optional<String> publicUrl;

    @Inject
    @ConfigProperty(name = "heirloom.demo", defaultValue = "false")
    boolean demo;

    /** For this run of the application only: nobody else can know it. */
    private final String demoToken = HexFormat.of().formatHex(SecureRandom.getSeed(16));

    boolean demo() {
        return demo;
    }

    /** The token; one of this run's own if none is set and sample traffic is asked for; empty if there is none. */
    Optional<String> authToken() {
        Optional<String> set = authToken.map(String::strip).filter(token -> !token.isEmpty());
        return set.isEmpty() && demo ? Optional.of(demoToken) : set;
    }

    /**
     * The URL that the sender of a request has signed.
     *
     * @param path below the application's REST root, without a slash in front: {@code calls/voice}
     * @param requested the URL as the server sees it
     */
    String signedUrl(String path, URI requested) {
        String query = requested.getRawQuery();
        return publicUrl
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .map(url -> url.replaceFirst("/+$", "") + "/" + CallsApplication.PATH + "/" + path
                        + (query == null ? "" : "?" + query))
                .orElseGet(requested::toString);
    }
}
