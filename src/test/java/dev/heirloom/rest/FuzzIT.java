package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.Deployments;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests that no well-behaved client sends, to every operation that the server describes: none may make it fail, tell of
 * its internals, leave a table without an owner, or cost memory that does not come back. The same requests by
 * default; {@code -Dheirloom.seed}, {@code -Dheirloom.fuzz.seconds} and {@code -Dheirloom.fuzz.requests} find others.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class FuzzIT {
    private static final String TOKEN = "a-token-of-the-test";

    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.application("heirloom.chaos=true", "heirloom.twilio.auth-token=" + TOKEN)
                .addClasses(Witness.class);
    }

    @ArquillianResource
    private URI base;

    @Test
    void noRequest_doesHarm() {
        long seed = Long.getLong("heirloom.seed", 1);
        Fuzzer fuzzer = new Fuzzer(base, TOKEN, "Basic " + encoded("admin:" + Http.ADMIN_PASSWORD), seed);
        fuzzer.prepare();
        fuzzer.run(Long.getLong("heirloom.fuzz.seconds", 60), Integer.getInteger("heirloom.fuzz.requests", 400));
        assertThat(fuzzer.complaints()).as("seed %d", seed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, api/tables/calls/revive, Content-Type: /;=,                  400",
        "GET,  api/tables,              Content-Type: application/json; q=\"a, 400",
        "GET,  api/tables,              Accept: application/json;charset=a,  406",
        "POST, api/tables/calls/revive, Content-Type: text/plain;charset=a,  415",
        "GET,  nothing/like/this,       Accept: */*,                         404",
        "GET,  problem,                 Accept: */*,                         404",
    })
    void whatNoResourceSees_isAnsweredWithProblemDetails(String method, String path, String header, int status) {
        Probe probe = Probe.of(path, method, base.getPath() + path)
                .with(header)
                .with("Authorization: Basic " + encoded("admin:" + Http.ADMIN_PASSWORD));
        RawHttp.Answer answer = new RawHttp(base).send(probe.head(), RawHttp.Body.NONE);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(Verdicts.on(probe, answer)).isEmpty();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
