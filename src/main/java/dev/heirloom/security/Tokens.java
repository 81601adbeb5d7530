package dev.heirloom.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Signed tokens (JWT, RFC 7519) of an issuer that the settings of MicroProfile JWT name: {@code mp.jwt.verify.issuer},
 * {@code mp.jwt.verify.publickey} or {@code .publickey.location}, {@code mp.jwt.verify.publickey.algorithm}, {@code
 * mp.jwt.verify.audiences} and {@code mp.jwt.verify.clock.skew}. Without an issuer every token is refused. Thread-safe.
 *
 * <p>The algorithm is that of the settings, whatever a token says of itself. The caller's name is the claim {@code upn},
 * {@code preferred_username} or {@code sub}, the roles are {@code groups}.
 */
@ApplicationScoped
class Tokens {
    private static final Logger LOG = Logger.getLogger(Tokens.class.getName());
    private static final int LONGEST = 8_192;
    private static final int LONGEST_NAME = 256;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Config config;

    InstantSource clock = InstantSource.system();
    private @Nullable DefaultJWTProcessor<SecurityContext> processor;

    /** Has wrong settings be found when the application starts. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object application) {
        LOG.log(Level.FINE, processor == null ? "no tokens are accepted" : "tokens are accepted");
    }

    /**
     * Reads the settings.
     *
     * @throws IllegalArgumentException if one is wrong; the message names it
     */
    @PostConstruct
    void open() {
        TokenSettings settings = TokenSettings.of(config);
        if (settings == null) {
            return;
        }
        DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
        made.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        made.setJWSKeySelector(settings.keys());
        made.setJWTClaimsSetVerifier(new TokenClaims(settings, clock));
        processor = made;
    }

    /** Whether there is an issuer whose tokens count. */
    boolean areAccepted() {
        return processor != null;
    }

    /** Whom a token speaks for; empty if it is not valid. */
    Optional<Caller> caller(String token) {
        if (processor == null || token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            JWTClaimsSet claims = processor.process(token, null);
            String name = name(claims);
            List<String> groups = claims.getStringListClaim("groups");
            if (name == null || name.isBlank() || name.length() > LONGEST_NAME) {
                return Optional.empty();
            }
            Set<String> roles = new TreeSet<>();
            if (groups != null) {
                groups.stream().filter(group -> Role.of(group).isPresent()).forEach(roles::add);
            }
            return Optional.of(Caller.of(name, roles));
        } catch (ParseException | BadJOSEException e) {
            LOG.log(Level.FINE, "a token was refused: {0}", e.getMessage());
        } catch (JOSEException e) {
            LOG.log(Level.WARNING, "tokens cannot be verified: {0}", e.getMessage());
        }
        return Optional.empty();
    }

    private static @Nullable String name(JWTClaimsSet claims) throws ParseException {
        for (String claim : List.of("upn", "preferred_username", "sub")) {
            String name = claims.getStringClaim(claim);
            if (name != null) {
                return name;
            }
        }
        return null;
    }
}
