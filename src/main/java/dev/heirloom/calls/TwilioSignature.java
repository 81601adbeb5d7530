package dev.heirloom.calls;

import com.twilio.security.RequestValidator;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of Twilio's requests ({@code X-Twilio-Signature}): HMAC-SHA1, under the account's auth token, of the URL
 * and every parameter of the form. Thread-safe.
 */
final class TwilioSignature {
    static final String HEADER = "X-Twilio-Signature";

    private static final String ALGORITHM = "HmacSHA1";

    private final String authToken;
    private final RequestValidator validator;

    /** @param authToken not empty */
    TwilioSignature(String authToken) {
        this.authToken = authToken;
        this.validator = new RequestValidator(authToken);
    }

    /** Whether the signature is that of a request. Takes as long for a signature that is nearly right as for any other. */
    boolean isValid(String url, Map<String, List<String>> form, String signature) {
        return validator.validate(url, joined(form), signature)
                || (!Charset.defaultCharset().equals(StandardCharsets.UTF_8) && isSigned(url, form, signature));
    }

    /**
     * As Twilio signs. Twilio's validator does so in the default charset of the JVM, which up to JDK 17 depends on the
     * locale, and then refuses genuine requests that name a caller or a city beyond ASCII.
     */
    private boolean isSigned(String url, Map<String, List<String>> form, String signature) {
        return MessageDigest.isEqual(
                sign(url, form).getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    }

    /** The signature of a request. */
    String sign(String url, Map<String, List<String>> form) {
        StringBuilder signed = new StringBuilder(url);
        joined(form).forEach((name, values) -> signed.append(name).append(values));
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /**
     * The parameters in the order of their names, each with what is signed of it: its values, each once, in order, and
     * its name again between them. A parameter without even a {@code =} comes as null, and is as good as an empty one.
     */
    private static SortedMap<String, String> joined(Map<String, List<String>> form) {
        SortedMap<String, String> joined = new TreeMap<>();
        form.forEach((name, values) -> {
            SortedSet<String> each = new TreeSet<>();
            values.forEach(value -> each.add(Objects.requireNonNullElse(value, "")));
            joined.put(name, String.join(name, each));
        });
        return joined;
    }
}
