package dev.heirloom.security;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;

/** What the claims of a token must say: its issuer, whom it is for if that is set, and that it is valid now. */
final class TokenClaims extends DefaultJWTClaimsVerifier<SecurityContext> {
    private final InstantSource clock;

    TokenClaims(TokenSettings settings, InstantSource clock) {
        super(
                settings.audiences().isEmpty() ? null : settings.audiences(),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                Set.of("exp", "iat"),
                null);
        this.clock = clock;
        setMaxClockSkew(Math.toIntExact(settings.clockSkew().toSeconds()));
    }

    @Override
    protected Date currentTime() {
        return Date.from(clock.instant());
    }
}
