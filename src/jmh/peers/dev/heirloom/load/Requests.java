package dev.heirloom.load;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The requests of each kind, made before they are sent. */
enum Requests {
    READ("read one row"),
    CHANGE("change one row"),
    CALLBACK("a signed callback"),
    MANY("read 20 rows, change 2");

    private static final int DIFFERENT = 2_000;
    private static final int ROWS = 20;

    private final String title;

    Requests(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** How often a request of this kind changes a row. */
    int changes() {
        return this == READ ? 0 : this == MANY ? 2 : 1;
    }

    List<byte[]> make(int port, String store) {
        SplittableRandom random = new SplittableRandom(1);
        List<byte[]> made = new ArrayList<>();
        for (int i = 0; i < DIFFERENT; i++) {
            made.add(one(port, "/load/api/" + store + "/", random));
        }
        return made;
    }

    private byte[] one(int port, String base, SplittableRandom random) {
        String id = Line.id(random.nextInt(Line.COUNT));
        return switch (this) {
            case READ -> Connection.request("GET", port, base + "lines/" + id, "", "");
            case CHANGE -> Connection.request("POST", port, base + "lines/" + id, "", "");
            case CALLBACK -> callback(port, base + "callback", id);
            case MANY -> Connection.request("POST", port, base + "many" + query(random), "", "");
        };
    }

    private static String query(SplittableRandom random) {
        StringBuilder query = new StringBuilder();
        for (int first = random.nextInt(Line.COUNT), i = 0; i < ROWS; i++) { // two that are changed are never the same
            query.append(i == 0 ? '?' : '&').append("id=").append(Line.id((first + 487 * i) % Line.COUNT));
        }
        return query.toString();
    }

    /** As Twilio sends and signs it. */
    private static byte[] callback(int port, String path, String id) {
        Map<String, String> form = new TreeMap<>(Map.of(
                "CallSid", id,
                "AccountSid", "AC00000000000000000000000000000000",
                "From", "+49301234567",
                "To", "+49897654321",
                "Direction", "inbound",
                "CallStatus", "in-progress",
                "SequenceNumber", "2"));
        StringBuilder signed = new StringBuilder("http://localhost:" + port + path);
        StringBuilder body = new StringBuilder();
        form.forEach((name, value) -> {
            signed.append(name).append(value);
            body.append(body.isEmpty() ? "" : "&")
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        });
        return Connection.request(
                "POST",
                port,
                path,
                "Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: " + sign(signed.toString())
                        + "\r\n",
                body.toString());
    }

    private static String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(LinesResource.TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
