package dev.heirloom.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens count, by the settings of MicroProfile JWT Auth 2.1.
 *
 * @param audiences one of these must be in a token; empty if any will do
 * @param keys with what their signatures are verified, by one algorithm
 * @param clockSkew by how much the issuer's clock may differ
 */
record TokenSettings(String issuer, Set<String> audiences, JWSKeySelector<SecurityContext> keys, Duration clockSkew) {
    static final String ISSUER = "mp.jwt.verify.issuer";
    static final String KEY = "mp.jwt.verify.publickey";
    static final String LOCATION = "mp.jwt.verify.publickey.location";
    static final String ALGORITHM = "mp.jwt.verify.publickey.algorithm";
    static final String AUDIENCES = "mp.jwt.verify.audiences";
    static final String CLOCK_SKEW = "mp.jwt.verify.clock.skew";

    private static final Duration LONGEST_SKEW = Duration.ofMinutes(10);
    private static final int SMALLEST_RSA_KEY = 2_048;

    /** Null without an issuer. */
    static @Nullable TokenSettings of(Config config) {
        String issuer = value(config, ISSUER);
        if (issuer == null) {
            return null;
        }
        String algorithm = value(config, ALGORITHM);
        JWSAlgorithm chosen = algorithm == null ? JWSAlgorithm.RS256 : JWSAlgorithm.parse(algorithm);
        if (!JWSAlgorithm.RS256.equals(chosen) && !JWSAlgorithm.ES256.equals(chosen)) {
            throw new IllegalArgumentException(ALGORITHM + ": neither RS256 nor ES256");
        }
        String audiences = value(config, AUDIENCES);
        Set<String> either = audiences == null
                ? Set.of()
                : Arrays.stream(audiences.split(",", -1))
                        .map(String::strip)
                        .filter(audience -> !audience.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
        return new TokenSettings(issuer, either, keys(config, chosen), skew(config));
    }

    private static Duration skew(Config config) {
        Duration skew = Duration.ofSeconds(
                config.getOptionalValue(CLOCK_SKEW, Integer.class).orElse(30));
        if (skew.isNegative() || skew.compareTo(LONGEST_SKEW) > 0) {
            throw new IllegalArgumentException(CLOCK_SKEW + ": not from 0 to " + LONGEST_SKEW.toSeconds() + " seconds");
        }
        return skew;
    }

    private static JWSKeySelector<SecurityContext> keys(Config config, JWSAlgorithm algorithm) {
        String key = value(config, KEY);
        String location = value(config, LOCATION);
        if ((key == null) == (location == null)) {
            throw new IllegalArgumentException(ISSUER + " needs either " + KEY + " or " + LOCATION);
        }
        if (key != null) {
            return selector(KEY, parse(KEY, key), algorithm);
        }
        URI uri = uri(String.valueOf(location));
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        try {
            if (scheme.equals("https")) { // fetched when needed, kept for minutes, fetched again for a key it lacks
                return new JWSVerificationKeySelector<>(
                        algorithm,
                        JWKSourceBuilder.<SecurityContext>create(uri.toURL())
                                .retrying(true)
                                .build());
            }
            if (scheme.equals("http")) {
                throw new IllegalArgumentException(LOCATION + ": keys are fetched by https only");
            }
            Path file = scheme.equals("file") ? Path.of(uri) : Path.of(String.valueOf(location));
            return selector(LOCATION, parse(LOCATION, Files.readString(file)), algorithm);
        } catch (IOException e) {
            throw new IllegalArgumentException(LOCATION + ": cannot be read: " + e, e);
        }
    }

    /** A key without an id is for every token; of several, the one that the token names. */
    private static JWSKeySelector<SecurityContext> selector(String setting, JWKSet keys, JWSAlgorithm algorithm) {
        JWK first = keys.isEmpty() ? null : keys.getKeys().get(0);
        if (keys.size() != 1 || first == null || first.getKeyID() != null) {
            return new JWSVerificationKeySelector<>(algorithm, new ImmutableJWKSet<>(keys));
        }
        try {
            boolean rsa = JWSAlgorithm.RS256.equals(algorithm);
            Key key = rsa ? first.toRSAKey().toRSAPublicKey() : first.toECKey().toECPublicKey();
            return new SingleKeyJWSKeySelector<>(algorithm, key);
        } catch (JOSEException | ClassCastException e) {
            throw new IllegalArgumentException(setting + ": no key for " + algorithm, e);
        }
    }

    private static URI uri(String location) {
        try {
            return URI.create(location);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(LOCATION + ": no URL", e);
        }
    }

    /** A key in PEM (RFC 7468), a JWK or a set of them (RFC 7517), or either of these in Base64. */
    private static JWKSet parse(String setting, String text) {
        try {
            String key = text.strip();
            if (!key.startsWith("{") && !key.startsWith("-")) {
                byte[] decoded = Base64.getMimeDecoder().decode(key);
                if (decoded.length == 0 || decoded[0] != '{') {
                    return checked(setting, new JWKSet(ofDer(decoded)));
                }
                key = new String(decoded, StandardCharsets.UTF_8);
            }
            if (key.startsWith("-")) {
                String base64 = key.replaceAll("-----(BEGIN|END) PUBLIC KEY-----", "");
                return checked(setting, new JWKSet(ofDer(Base64.getMimeDecoder().decode(base64))));
            }
            return checked(setting, key.contains("\"keys\"") ? JWKSet.parse(key) : new JWKSet(JWK.parse(key)));
        } catch (ParseException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": no public key in PEM or JWK that can be used", e);
        }
    }

    private static JWK ofDer(byte[] der) throws GeneralSecurityException {
        X509EncodedKeySpec spec = new X509EncodedKeySpec(der);
        try {
            return new RSAKey.Builder(
                            (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec))
                    .build();
        } catch (GeneralSecurityException e) {
            return new ECKey.Builder(Curve.P_256, (ECPublicKey)
                            KeyFactory.getInstance("EC").generatePublic(spec))
                    .build();
        }
    }

    private static JWKSet checked(String setting, JWKSet keys) {
        for (JWK key : keys.getKeys()) {
            if (key instanceof RSAKey && key.size() < SMALLEST_RSA_KEY) {
                throw new IllegalArgumentException(setting + ": RSA keys need " + SMALLEST_RSA_KEY + " bits");
            }
        }
        return keys.toPublicJWKSet();
    }

    private static @Nullable String value(Config config, String name) {
        return config.getOptionalValue(name, String.class)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .orElse(null);
    }
}
