package dev.heirloom.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("UnnecessaryAssignment") // no container injects anything here
class TokensTest {
    private static final String ISSUER = "https://issuer.example";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static RSAKey key;
    private static RSAKey other;
    private static ECKey curve;

    @BeforeAll
    static void keys() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("k").generate();
        other = new RSAKeyGenerator(2048).keyID("k").generate();
        curve = new ECKeyGenerator(Curve.P_256).generate();
    }

    @Test
    void token_speaksForItsSubject() throws JOSEException {
        Caller caller = tokens(Map.of()).caller(signed(claims().build())).orElseThrow();
        assertThat(caller.name()).isEqualTo("ann");
        assertThat(caller.roles()).containsExactly("reader", "writer"); // not "staff": none of ours
        assertThat(caller.csrf()).isNull();
    }

    @Test
    void name_isTheOneForPeopleIfThereIsOne() throws JOSEException {
        JWTClaimsSet.Builder claims = claims().claim("preferred_username", "Ann");
        assertThat(tokens(Map.of()).caller(signed(claims.build())).orElseThrow().name())
                .isEqualTo("Ann");
        claims.claim("upn", "ann@example.com");
        assertThat(tokens(Map.of()).caller(signed(claims.build())).orElseThrow().name())
                .isEqualTo("ann@example.com");
    }

    @Test
    void withoutIssuer_noTokenCounts() throws JOSEException {
        Tokens none = new Tokens();
        none.config = new Settings(Map.of());
        none.open();
        assertThat(none.areAccepted()).isFalse();
        assertThat(none.caller(signed(claims().build()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-31, false", "-30, false", "-29, true", "0, true", "600, true"})
    void expiry_isToldWithinTheSkewOfClocks(long seconds, boolean valid) throws JOSEException {
        JWTClaimsSet claims =
                claims().expirationTime(Date.from(NOW.plusSeconds(seconds))).build();
        assertThat(tokens(Map.of()).caller(signed(claims)).isPresent()).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({"31, false", "29, true", "-600, true"})
    void notBefore_isToldWithinTheSkewOfClocks(long seconds, boolean valid) throws JOSEException {
        JWTClaimsSet claims =
                claims().notBeforeTime(Date.from(NOW.plusSeconds(seconds))).build();
        assertThat(tokens(Map.of()).caller(signed(claims)).isPresent()).isEqualTo(valid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "iss", "sub"})
    void missingClaim_isRefused(String claim) throws JOSEException {
        assertThat(tokens(Map.of()).caller(signed(claims().claim(claim, null).build())))
                .isEmpty();
    }

    @Test
    void otherIssuerOrAudience_isRefused() throws JOSEException {
        assertThat(tokens(Map.of()).caller(signed(claims().issuer(ISSUER + "/").build())))
                .isEmpty();
        Tokens picky = tokens(Map.of("mp.jwt.verify.audiences", "heirloom, other"));
        assertThat(picky.caller(signed(claims().audience("heirloom").build()))).isPresent();
        assertThat(picky.caller(signed(claims().audience(List.of("x", "other")).build())))
                .isPresent();
        assertThat(picky.caller(signed(claims().audience("x").build()))).isEmpty();
        assertThat(picky.caller(signed(claims().build()))).isEmpty();
    }

    @Test
    void noneAlgorithm_isRefused() {
        assertThat(tokens(Map.of()).caller(new PlainJWT(claims().build()).serialize()))
                .isEmpty();
    }

    /** The public key is no secret: a token "signed" with it as the key of an HMAC must not pass. */
    @Test
    void confusedAlgorithm_isRefused() throws JOSEException {
        byte[] pem = pem(key).getBytes(StandardCharsets.UTF_8);
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k").build(), claims().build());
        forged.sign(new MACSigner(pem));
        assertThat(tokens(Map.of()).caller(forged.serialize())).isEmpty();
    }

    @Test
    void otherKeyAlgorithmOrType_isRefused() throws JOSEException {
        assertThat(tokens(Map.of()).caller(signed(other, JWSAlgorithm.RS256, "JWT")))
                .isEmpty();
        assertThat(tokens(Map.of()).caller(signed(key, JWSAlgorithm.RS512, "JWT")))
                .isEmpty();
        assertThat(tokens(Map.of()).caller(signed(key, JWSAlgorithm.RS256, "logout+jwt")))
                .isEmpty();
        assertThat(tokens(Map.of()).caller(signed(key, JWSAlgorithm.RS256, "at+jwt")))
                .isPresent();
    }

    @Test
    void tamperedToken_isRefused() throws JOSEException {
        String token = signed(claims().build());
        String[] parts = token.split("\\.", -1);
        String operator = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("writer", "operator");
        String forged = parts[0] + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(operator.getBytes(StandardCharsets.UTF_8))
                + "." + parts[2];
        assertThat(tokens(Map.of()).caller(forged)).isEmpty();
        assertThat(tokens(Map.of()).caller(parts[0] + "." + parts[1] + ".")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "no token", "{}"})
    void malformedToken_isRefused(String token) {
        assertThat(tokens(Map.of()).caller(token)).isEmpty();
        assertThat(tokens(Map.of()).caller(token + "x".repeat(10_000))).isEmpty();
    }

    @Test
    void ellipticCurve_ifChosen() throws JOSEException {
        Map<String, String> settings = Map.of(
                "mp.jwt.verify.publickey.algorithm",
                "ES256",
                "mp.jwt.verify.publickey",
                curve.toPublicJWK().toJSONString());
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims().build());
        token.sign(new ECDSASigner(curve));
        assertThat(tokens(settings).caller(token.serialize())).isPresent();
        assertThat(tokens(settings).caller(signed(claims().build()))).isEmpty();
    }

    @Test
    void key_comesInEveryForm(@TempDir Path directory) throws JOSEException, IOException {
        String token = signed(claims().build());
        String set = "{\"keys\":[" + other.toPublicJWK().toJSONString().replace("\"k\"", "\"o\"") + ","
                + key.toPublicJWK().toJSONString() + "]}";
        String base64 = Base64.getEncoder().encodeToString(set.getBytes(StandardCharsets.UTF_8));
        for (String form : List.of(pem(key), set, base64, key.toPublicJWK().toJSONString())) {
            assertThat(tokens(Map.of("mp.jwt.verify.publickey", form)).caller(token))
                    .as(form)
                    .isPresent();
        }
        Path file = Files.writeString(directory.resolve("key.pem"), pem(key));
        for (String location : List.of(file.toString(), file.toUri().toString())) {
            Map<String, String> settings = new HashMap<>(Map.of("mp.jwt.verify.publickey.location", location));
            settings.put("mp.jwt.verify.publickey", "");
            assertThat(tokens(settings).caller(token)).as(location).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mp.jwt.verify.publickey,           no key",
        "mp.jwt.verify.publickey,           ''",
        "mp.jwt.verify.publickey.algorithm, HS256",
        "mp.jwt.verify.publickey.algorithm, none",
        "mp.jwt.verify.clock.skew,          -1",
        "mp.jwt.verify.clock.skew,          601",
    })
    void badSetting_isNamed(String setting, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens(Map.of(setting, value)))
                .withMessageContaining(setting);
    }

    @Test
    void badLocation_isNamed() {
        for (String location : List.of("http://issuer.example/keys", "/no/such/file", "file:///no/such/file")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            tokens(Map.of("mp.jwt.verify.publickey", "", "mp.jwt.verify.publickey.location", location)))
                    .withMessageContaining("mp.jwt.verify.publickey.location");
        }
    }

    private static Tokens tokens(Map<String, String> further) {
        Map<String, String> settings = new HashMap<>();
        settings.put("mp.jwt.verify.issuer", ISSUER);
        settings.put("mp.jwt.verify.publickey", pem(key));
        settings.putAll(further);
        Tokens tokens = new Tokens();
        tokens.config = new Settings(settings);
        tokens.clock = () -> NOW;
        tokens.open();
        return tokens;
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject("ann")
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plus(Duration.ofMinutes(5))))
                .claim("groups", List.of("writer", "staff"));
    }

    private static String signed(JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k").build(), claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private static String signed(RSAKey with, JWSAlgorithm algorithm, String type) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .keyID("k")
                        .type(new JOSEObjectType(type))
                        .build(),
                claims().build());
        token.sign(new RSASSASigner(with));
        return token.serialize();
    }

    private static String pem(RSAKey key) {
        try {
            return "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder()
                            .encodeToString(key.toRSAPublicKey().getEncoded())
                    + "\n-----END PUBLIC KEY-----\n";
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
