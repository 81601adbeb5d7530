package dev.heirloom.rest;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is no HTTP, or only nearly, by what it is. The application need not see it; the server must survive it. */
final class RawRequests {
    private RawRequests() {}

    /** @param path of a resource that answers */
    static Map<String, byte[]> all(String path) {
        String get = "GET " + path + " HTTP/1.1\r\n";
        String post =
                "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\n";
        Map<String, String> all = new LinkedHashMap<>();
        all.put("no version", "GET " + path + "\r\n\r\n");
        all.put("an unknown version", "GET " + path + " HTTP/9.9\r\nHost: a\r\nConnection: close\r\n\r\n");
        all.put("another protocol", "GET " + path + " FTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        all.put("no host", get + "Connection: close\r\n\r\n");
        all.put("no carriage returns", get.replace("\r", "") + "Host: a\nConnection: close\n\n");
        all.put("no method", " " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        all.put("spaces in the target", "GET " + path + " a b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        all.put(
                "an absolute target",
                "GET http://evil.example" + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        all.put("an asterisk", "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        all.put("a target of 100 kB", "GET " + path + "/" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");
        all.put("a preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        all.put(
                "an upgrade to HTTP/2",
                get + "Host: a\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\n"
                        + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
        all.put("the hello of TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n");
        all.put("zeros", "\u0000".repeat(64) + "\r\n\r\n");
        all.put("a chunk of a negative length", post + "Transfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n0\r\n\r\n");
        all.put("a chunk of no length", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabcde\r\n0\r\n\r\n");
        all.put(
                "a chunk of a huge length",
                post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nabc\r\n0\r\n\r\n");
        all.put(
                "chunks with extensions",
                post + "Transfer-Encoding: chunked\r\n\r\n2;a=\"b\r\n{}\r\n0\r\nX: y\r\n\r\n");
        all.put(
                "a length and chunks",
                post + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n");
        all.put("two requests at once", get + "Host: a\r\n\r\n" + get + "Host: a\r\nConnection: close\r\n\r\n");
        all.put("two lengths", post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}");
        all.put("an unknown transfer encoding", post + "Transfer-Encoding: nonsense\r\n\r\n{}");
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        all.forEach((what, text) -> bytes.put(what, text.getBytes(StandardCharsets.ISO_8859_1)));
        return bytes;
    }
}
