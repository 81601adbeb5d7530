package dev.heirloom.rest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A request that should not do any harm. Immutable.
 *
 * @param what the operation and what is wrong with the request, in words
 * @param target as it is sent, nothing is encoded any more
 * @param headers lines {@code name: value}; Host, Connection and the length are added if they are not there
 * @param body null for none
 * @param tolerated what may come instead of problem details, since the request never reaches the application
 */
record Probe(
        String what,
        String method,
        String target,
        List<String> headers,
        RawHttp.Body body,
        long length,
        Tolerated tolerated) {
    static final String HOST = "localhost";

    /** What the server may answer other than the application. */
    enum Tolerated {
        /** Nothing: the application answers. */
        NOTHING,
        /** A refusal without a body, or to close the connection: the server's HTTP layer does not let it pass. */
        REFUSAL,
        /** Also an empty 200: what Payara 6 answers when it cannot decode a path. It logs that, too. */
        UNDECODABLE
    }

    Probe {
        headers = List.copyOf(headers);
    }

    static Probe of(String what, String method, String target) {
        return new Probe(what, method, target, List.of(), RawHttp.Body.NONE, 0, Tolerated.NOTHING);
    }

    Probe with(String header) {
        List<String> more = new ArrayList<>(headers);
        more.removeIf(each -> nameOf(each).equals(nameOf(header)));
        more.add(header);
        return new Probe(what, method, target, more, body, length, tolerated);
    }

    Probe without(String name) {
        List<String> fewer = new ArrayList<>(headers);
        fewer.removeIf(each -> nameOf(each).equals(name.toLowerCase(Locale.ROOT)));
        return new Probe(what, method, target, fewer, body, length, tolerated);
    }

    Probe body(byte[] bytes) {
        return body(RawHttp.Body.of(bytes), bytes.length);
    }

    Probe body(RawHttp.Body bytes, long count) {
        return new Probe(what, method, target, headers, bytes, count, tolerated);
    }

    Probe method(String other) {
        return new Probe(what, other, target, headers, body, length, tolerated);
    }

    Probe target(String other) {
        return new Probe(what, method, other, headers, body, length, tolerated);
    }

    Probe tolerating(Tolerated more) {
        Tolerated most = more.compareTo(tolerated) > 0 ? more : tolerated;
        return new Probe(what, method, target, headers, body, length, most);
    }

    Probe but(String mutation) {
        return new Probe(what + ", " + mutation, method, target, headers, body, length, tolerated);
    }

    boolean has(String name) {
        return headers.stream().anyMatch(each -> nameOf(each).equals(name.toLowerCase(Locale.ROOT)));
    }

    /** The request up to its body. Characters of the target and of headers are sent as UTF-8. */
    byte[] head() {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        if (!has("Host")) {
            head.append("Host: " + HOST + "\r\n");
        }
        headers.forEach(each -> head.append(each).append("\r\n"));
        if (length > 0 && !has("Content-Length") && !has("Transfer-Encoding")) {
            head.append("Content-Length: ").append(length).append("\r\n");
        }
        return head.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** For a message: what is needed to send it again, cut short. */
    @Override
    public String toString() {
        String head = new String(head(), StandardCharsets.UTF_8).replace("\r\n", "\n    ");
        return what + "\n    " + (head.length() > 700 ? head.substring(0, 700) + "..." : head) + "(" + length
                + " bytes)";
    }

    static String cut(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }

    private static String nameOf(String header) {
        int colon = header.indexOf(':');
        return (colon < 0 ? header : header.substring(0, colon)).toLowerCase(Locale.ROOT);
    }
}
