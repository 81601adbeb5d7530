package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.Deployments;
import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application refuses when nothing is set. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ClosedByDefaultIT {
    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.application();
    }

    @ArquillianResource
    private URI base;

    private Http http;

    @BeforeEach
    void connect() {
        http = new Http(base);
    }

    @ParameterizedTest
    @ValueSource(strings = "api/tables/calls/owner/crash")
    void chaos_isForbidden_andSaysWhichSettingAllowsIt(String path) {
        Http.Answer answer = http.post(path);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.json().getString("detail")).contains("heirloom.chaos");
    }

    @ParameterizedTest
    @ValueSource(strings = {"voice", "menu", "status"})
    void webhooksWithoutToken_sayWhichSettingIsMissing(String webhook) {
        Http.Answer answer = http.form("api/calls/" + webhook, Map.of("CallSid", "CA1"));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.json().getString("detail")).contains("heirloom.twilio.auth-token");
    }

    @Test
    void noSampleCallers() {
        assertThat(http.get("api/calls").json().getInt("ongoing")).isZero();
    }
}
