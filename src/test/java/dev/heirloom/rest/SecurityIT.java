package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.heirloom.Deployments;
import dev.heirloom.security.SecurityHeaders;
import dev.heirloom.security.TestHashes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what, at every endpoint, on the server. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SecurityIT {
    private static final String PASSWORD = "of-the-test";
    private static final String ISSUER = "https://issuer.example";
    private static final RSAKey KEY = key();

    @Deployment(testable = false)
    static WebArchive deployment() {
        String hash = TestHashes.of(PASSWORD);
        return Deployments.application(
                "heirloom.chaos=true",
                "heirloom.http.max-body=2000",
                "heirloom.http.body-timeout=PT3S",
                "heirloom.twilio.auth-token=a-token-of-the-test",
                "heirloom.users.ann.password-hash=" + hash,
                "heirloom.users.bob.password-hash=" + hash,
                "heirloom.users.bob.roles=writer",
                "heirloom.users.eve.password-hash=" + hash,
                "mp.jwt.verify.issuer=" + ISSUER,
                "mp.jwt.verify.publickey=" + KEY.toPublicJWK().toJSONString().replace(":", "\\:"));
    }

    @ArquillianResource
    private URI base;

    private Http admin;
    private Http nobody;

    @BeforeEach
    void connect() {
        admin = new Http(base);
        nobody = admin.with(Map.of());
    }

    /** For each endpoint what nobody, a reader, a writer and an operator are answered. */
    @ParameterizedTest
    @CsvSource({
        "GET,    api/tables,                     401, 200, 200, 200",
        "GET,    api/tables/calls,               401, 200, 200, 200",
        "GET,    api/tables/nothing,             401, 404, 404, 404",
        "POST,   api/tables/nothing/owner/crash, 401, 403, 403, 404",
        "POST,   api/tables/nothing/revive,      401, 403, 403, 404",
        "DELETE, api/tables/nothing,             401, 403, 403, 404",
        "GET,    api/tables/nothing/rows,        401, 404, 404, 404",
        "DELETE, api/tables/nothing/rows/a,      401, 403, 404, 404",
        "GET,    api/tables/nothing/history,     401, 404, 404, 404",
        "GET,    api/tables/nothing/export,      401, 403, 403, 404",
        "POST,   api/tables/nothing/owner/restart, 401, 403, 403, 404",
        "GET,    api/jobs,                       401, 403, 403, 200",
        "GET,    api/calls,                      401, 200, 200, 200",
        "GET,    api/calls/CA1,                  401, 404, 404, 404",
        "GET,    api/metrics,                    401, 200, 200, 200",
        "GET,    api/session,                    401, 200, 200, 200",
        "DELETE, api/session,                    401, 204, 204, 204",
        "POST,   api/session,                    400, 400, 400, 400",
        "POST,   api/calls/voice,                415, 415, 415, 415",
        "POST,   api/calls/menu,                 415, 415, 415, 415",
        "POST,   api/calls/status,               415, 415, 415, 415",
        "GET,    api/application.wadl,           404, 404, 404, 404",
        "GET,    index.html,                     200, 200, 200, 200",
    })
    void endpoint_isForThoseWhoMay(String method, String path, int byNobody, int byReader, int byWriter, int byOperator)
            throws JOSEException {
        String body = method.equals("POST") ? "{}" : ""; // the server refuses bodies of others
        check(byNobody, nobody.send(method, path, body));
        check(byReader, by("ann").send(method, path, body));
        check(byReader, bearer("reader").send(method, path, body));
        check(byWriter, by("bob").send(method, path, body));
        check(byWriter, bearer("writer").send(method, path, body));
        check(byOperator, admin.send(method, path, body));
        check(byOperator, bearer("operator").send(method, path, body));
        boolean open = byNobody != 401;
        check(open ? byNobody : 401, nobody.with(authorization("Basic !")).send(method, path, body));
        check(open ? byNobody : 401, nobody.with(authorization("Digest x")).send(method, path, body));
        check(
                open ? byNobody : 401,
                nobody.with(Map.of("Cookie", "heirloom-session=x")).send(method, path, body));
        check(open ? byNobody : 401, tampered().send(method, path, body));
        check(open ? byNobody : 403, bearer("staff").send(method, path, body));
    }

    @Test
    void session_isOfTheCookie_andItsTokenIsNeededToChangeAnything() {
        Http.Answer login = logIn(Http.ADMIN_PASSWORD);
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.json().getString("user")).isEqualTo("admin");
        assertThat(login.json().getJsonArray("roles")).hasSize(3);
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .containsIgnoringCase("HttpOnly")
                .containsIgnoringCase("SameSite=Strict")
                .contains("Path=");
        String id = cookie.split(";", 2)[0];
        String csrf = login.json().getString("csrf");

        Http page = nobody.with(Map.of("Cookie", id));
        check(200, page.get("api/tables"));
        assertThat(page.get("api/session").json().getString("csrf")).isEqualTo(csrf);
        check(403, page.post("api/tables/nothing/revive"));
        check(403, nobody.with(Map.of("Cookie", id, "X-CSRF-Token", csrf + "x")).post("api/tables/nothing/revive"));
        Http script = nobody.with(Map.of("Cookie", id, "X-CSRF-Token", csrf));
        check(404, script.post("api/tables/nothing/revive"));

        Http.Answer again = script.send("POST", "api/session", login("admin", Http.ADMIN_PASSWORD));
        String second = again.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        assertThat(second).isNotEqualTo(id);
        check(401, page.get("api/session")); // the old one ended with the new log-in
        Http renewed = nobody.with(
                Map.of("Cookie", second, "X-CSRF-Token", again.json().getString("csrf")));
        check(204, renewed.send("DELETE", "api/session", ""));
        check(401, renewed.get("api/session"));
    }

    @Test
    void scripts_getNoDialogOfTheBrowser() {
        assertThat(challenge(nobody.get("api/tables"))).startsWith("Basic");
        assertThat(challenge(nobody.with(Map.of("X-Requested-With", "fetch")).get("api/tables")))
                .doesNotContain("Basic");
        assertThat(challenge(nobody.with(Map.of("Sec-Fetch-Mode", "cors")).get("api/tables")))
                .doesNotContain("Basic");
    }

    @Test
    void wrongPasswords_endInALockOut() {
        Http.Answer answer = nobody.get("api/tables");
        for (int i = 0; i < 15 && answer.status() == 401; i++) { // each locks for longer than the one before
            answer = nobody.with(authorization(Http.basic("eve", "wrong" + i))).get("api/tables");
        }
        check(429, answer);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        check(200, by("ann").get("api/tables"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"user\":\"admin\"}", "{\"user\":1,\"password\":2}", "null", "\"admin\""})
    void malformedLogin_isRefusedAndNotRepeated(String body) {
        Http.Answer answer = nobody.send("POST", "api/session", body);
        check(400, answer);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @Test
    void bodies_areBounded() {
        check(413, nobody.send("POST", "api/session", "x".repeat(2_001)));
        check(413, nobody.form("api/calls/voice", Map.of("CallSid", "x".repeat(2_001))));
    }

    /** By somebody who needs no password, and would keep the server's threads. */
    @Test
    void bodies_thatDripAreRefused() {
        String head = "POST " + base.resolve("api/session").getPath() + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 1900\r\nConnection: close\r\n\r\n";
        RawHttp.Answer answer = new RawHttp(base).send(head.getBytes(StandardCharsets.US_ASCII), out -> {
            for (int i = 0; i < 1_900; i++) {
                out.write(' ');
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        });
        assertThat(answer.status()).as(answer.body()).isEqualTo(408);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.sent()).isLessThan(head.length() + 1_900);
    }

    private static void check(int status, Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        SecurityHeaders.values()
                .forEach((name, value) ->
                        assertThat(answer.headers().allValues(name)).as(name).containsExactly(value));
        assertThat(answer.body()).doesNotContain("\tat ", "Exception", "org.glassfish");
        if (status == 401 || status == 403 || status == 429) {
            assertThat(answer.contentType()).startsWith("application/problem+json");
        }
    }

    private static String challenge(Http.Answer answer) {
        check(401, answer);
        return answer.headers().firstValue("WWW-Authenticate").orElse("");
    }

    private Http.Answer logIn(String password) {
        return nobody.send("POST", "api/session", login("admin", password));
    }

    private static String login(String user, String password) {
        return "{\"user\":\"" + user + "\",\"password\":\"" + password + "\"}";
    }

    private Http by(String user) {
        return nobody.with(authorization(Http.basic(user, PASSWORD)));
    }

    private Http bearer(String role) throws JOSEException {
        return nobody.with(authorization("Bearer " + token(role)));
    }

    private Http tampered() throws JOSEException {
        String[] parts = token("reader").split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String forged = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims.replace("reader", "operator").getBytes(StandardCharsets.UTF_8));
        return nobody.with(authorization("Bearer " + parts[0] + "." + forged + "." + parts[2]));
    }

    private static Map<String, String> authorization(String value) {
        return Map.of("Authorization", value);
    }

    private static String token(String group) throws JOSEException {
        Instant now = Instant.now();
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.RS256),
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .subject("token-of-" + group)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .claim("groups", List.of(group))
                        .build());
        token.sign(new RSASSASigner(KEY));
        return token.serialize();
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
