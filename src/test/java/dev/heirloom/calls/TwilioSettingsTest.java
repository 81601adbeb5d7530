package dev.heirloom.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioSettingsTest {
    private static final URI REQUESTED = URI.create("http://10.0.0.5:8080/heirloom/api/calls/voice?x=%2B1");

    @Test
    void authToken_noneIsNone() {
        assertThat(settings(Optional.empty(), Optional.empty(), false).authToken())
                .isEmpty();
        assertThat(settings(Optional.of(" "), Optional.empty(), false).authToken())
                .isEmpty();
    }

    @Test
    void authToken_oneThatIsSetIsUsedByTheDemoToo() {
        assertThat(settings(Optional.of(" set "), Optional.empty(), true).authToken())
                .contains("set");
    }

    @Test
    void authToken_theDemosOwnStaysTheSameAndIsOfThisRunOnly() {
        TwilioSettings settings = settings(Optional.empty(), Optional.empty(), true);
        assertThat(settings.authToken()).isPresent().isEqualTo(settings.authToken());
        assertThat(settings(Optional.empty(), Optional.empty(), true).authToken())
                .isNotEqualTo(settings.authToken());
    }

    @Test
    void signedUrl_withoutAPublicUrlIsThatOfTheRequest() {
        assertThat(settings(Optional.empty(), Optional.empty(), false).signedUrl("calls/voice", REQUESTED))
                .isEqualTo(REQUESTED.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/heirloom",
                "https://example.com/heirloom/",
                " https://example.com/heirloom// "
            })
    void signedUrl_hasThePublicUrlInFront(String url) {
        assertThat(settings(Optional.empty(), Optional.of(url), false).signedUrl("calls/voice", REQUESTED))
                .isEqualTo("https://example.com/heirloom/api/calls/voice?x=%2B1");
    }

    @SuppressWarnings("UnnecessaryAssignment") // no container injects anything here
    static TwilioSettings settings(Optional<String> token, Optional<String> publicUrl, boolean demo) {
        TwilioSettings settings = new TwilioSettings();
        settings.authToken = token;
        settings.publicUrl = publicUrl;
        settings.demo = demo;
        return settings;
    }
}
