package dev.heirloom.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwilioSignatureTest {
    private static final String URL = "https://example.com/heirloom/api/calls/voice";

    private final TwilioSignature signature = new TwilioSignature("12345");
    private final Map<String, List<String>> form = new TreeMap<>(Map.of(
            "CallSid", List.of("CA1234567890ABCDE"),
            "Caller", List.of("+14158675309"),
            "Digits", List.of("1234"),
            "From", List.of("+14158675309"),
            "To", List.of("+18005551212")));

    @Test
    void sign_theExampleOfTwiliosDocumentation() {
        assertThat(signature.sign("https://mycompany.com/myapp.php?foo=1&bar=2", form))
                .isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=")
                .satisfies(signed -> assertThat(
                                signature.isValid("https://mycompany.com/myapp.php?foo=1&bar=2", form, signed))
                        .isTrue());
    }

    @Test
    void sign_agreesWithTwiliosValidator() {
        Map<String, String> single = form.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().get(0)));
        assertThat(new RequestValidator("12345").validate(URL, single, signature.sign(URL, form)))
                .isTrue();
    }

    @Test
    void isValid_everyParameterIsSigned() {
        String signed = signature.sign(URL, form);
        for (String name : List.copyOf(form.keySet())) {
            Map<String, List<String>> changed = new TreeMap<>(form);
            changed.put(name, List.of("x"));
            assertThat(signature.isValid(URL, changed, signed))
                    .as(name + " changed")
                    .isFalse();
            changed.remove(name);
            assertThat(signature.isValid(URL, changed, signed))
                    .as(name + " gone")
                    .isFalse();
        }
        form.put("Unknown", List.of("more"));
        assertThat(signature.isValid(URL, form, signed)).as("one more").isFalse();
    }

    @Test
    void isValid_everyValueOfAParameterIsSigned() {
        form.put("Media", List.of("b", "a", "b"));
        String signed = signature.sign(URL, form);
        assertThat(signature.isValid(URL, form, signed)).isTrue();
        form.put("Media", List.of("b", "a", "c"));
        assertThat(signature.isValid(URL, form, signed)).isFalse();
    }

    @Test
    void isValid_parameterWithoutAValue_isAsGoodAsEmpty() {
        form.put("Digits", Collections.singletonList(null));
        String signed = signature.sign(URL, form);
        assertThat(signature.isValid(URL, form, signed)).isTrue();
        form.put("Digits", List.of(""));
        assertThat(signature.isValid(URL, form, signed)).isTrue();
    }

    @Test
    void isValid_beyondAscii() {
        form.put("FromCity", List.of("Zürich"));
        assertThat(signature.isValid(URL, form, signature.sign(URL, form))).isTrue();
        String signed = signature.sign(URL, form);
        form.put("FromCity", List.of("Z?rich"));
        assertThat(signature.isValid(URL, form, signed)).isFalse();
    }

    @Test
    void isValid_beyondAsciiInAJvmOfAnotherCharset() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dfile.encoding=US-ASCII",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherCharset.class.getName())
                .inheritIO()
                .start();
        assertThat(jvm.waitFor()).isZero();
    }

    /** Exits with 0 if a genuine request beyond ASCII is let in, and a forged one is not. */
    static final class OtherCharset {
        private OtherCharset() {}

        public static void main(String[] arguments) {
            TwilioSignature signature = new TwilioSignature("12345");
            Map<String, List<String>> form = Map.of("FromCity", List.of("Z\u00fcrich"));
            String signed = signature.sign(URL, form);
            boolean genuine = signature.isValid(URL, form, signed);
            boolean forged = signature.isValid(URL, Map.of("FromCity", List.of("M\u00fcnchen")), signed);
            System.exit(genuine && !forged && !Charset.defaultCharset().equals(StandardCharsets.UTF_8) ? 0 : 1);
        }
    }

    @Test
    void isValid_withOrWithoutTheDefaultPort() {
        String signed = signature.sign("https://example.com:443/heirloom/api/calls/voice", form);
        assertThat(signature.isValid(URL, form, signed)).isTrue();
    }

    @Test
    void isValid_anotherUrlIsAnotherRequest() {
        String signed = signature.sign(URL, form);
        assertThat(signature.isValid(URL + "?x=1", form, signed)).isFalse();
        assertThat(signature.isValid(URL.replace("https", "http"), form, signed))
                .isFalse();
        assertThat(signature.isValid(URL.replace("voice", "menu"), form, signed))
                .isFalse();
    }

    @Test
    void isValid_anotherTokenSignsOtherwise() {
        assertThat(signature.isValid(URL, form, new TwilioSignature("12346").sign(URL, form)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "RSOYDt4T1cUTdK1PDd93/VVr8B8=", "ü", "============================"})
    void isValid_nonsenseIsNoSignature(String nonsense) {
        assertThat(signature.isValid(URL, form, nonsense)).isFalse();
    }
}
