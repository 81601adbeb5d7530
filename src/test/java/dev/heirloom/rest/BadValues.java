package dev.heirloom.rest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What to put into requests that no well-behaved client would: values that have broken servers before. */
final class BadValues {
    private BadValues() {}

    /** Segments of a path, as they are sent, by what they are. */
    static Map<String, String> segments() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("an encoded slash", "a%2Fb");
        all.put("an encoded slash alone", "%2F");
        all.put("an encoded backslash", "a%5Cb");
        all.put("dots", "..");
        all.put("encoded dots", "%2e%2e");
        all.put("a way out", "%2e%2e%2f%2e%2e%2fetc%2fpasswd");
        all.put("matrix parameters", "calls;a=b");
        all.put("a semicolon", ";");
        all.put("NUL", "a%00b");
        all.put("overlong UTF-8", "%c0%af");
        all.put("invalid UTF-8", "%ff%fe");
        all.put("a lone surrogate", "%ed%a0%80");
        all.put("cut UTF-8", "%e2%82");
        all.put("an emoji", "%f0%9f%98%80");
        all.put("right to left", "%d7%a9%d7%9c%e2%80%ae");
        all.put("raw UTF-8", "\u00e9\u4e2d");
        all.put("no hexadecimal digits", "%zz");
        all.put("half an escape", "a%2");
        all.put("a percent sign", "%");
        all.put("10 kB", "n".repeat(10_000));
        all.put("3 kB", "n".repeat(3_000));
        all.put("nothing", "");
        all.put("a space", "%20");
        all.put("a space at the end", "calls%20");
        all.put("a plus", "a+b");
        all.put("a line break", "a%0d%0aX-Injected:%20yes");
        all.put("markup", "%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        all.put("a quote", "%22%27");
        all.put("a template", "%7Bname%7D");
        all.put("an expression", "%24%7Bjndi%3Aldap%3A%2F%2F127.0.0.1%2Fa%7D");
        all.put("a negative number", "-1");
        all.put("a huge number", "9".repeat(40));
        all.put("a huge exponent", "1e999999999");
        all.put("a number that is none", "NaN");
        all.put("null", "null");
        all.put("another case", "CALLS");
        all.put("an asterisk", "*");
        return all;
    }

    /** Values of parameters of a query, as they are sent. */
    static Map<String, String> queries() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("nothing", "");
        all.put("a negative number", "-1");
        all.put("zero", "0");
        all.put("a fraction", "1.5");
        all.put("a huge exponent", "1e999999999");
        all.put("a huge number", "9".repeat(400));
        all.put("the next after int", "2147483648");
        all.put("the next after long", "9223372036854775808");
        all.put("a number that is none", "NaN");
        all.put("a truth value", "true");
        all.put("NUL", "%00");
        all.put("no hexadecimal digits", "%zz");
        all.put("half an escape", "%2");
        all.put("invalid UTF-8", "%ff%fe");
        all.put("overlong UTF-8", "%c0%af");
        all.put("a lone surrogate", "%ed%a0%80");
        all.put("an emoji", "%f0%9f%98%80");
        all.put("a line break", "a%0d%0ab");
        all.put("markup", "%3Cscript%3E%26");
        all.put("brackets", "%5B%5D%7B%7D");
        all.put("JSON", "%7B%22%24ne%22:null%7D");
        all.put("SQL", "1%27%20OR%20%271%27=%271");
        all.put("6 kB", "v".repeat(6_000));
        all.put("20 kB", "v".repeat(20_000));
        all.put("a filter of deep parentheses", "(".repeat(3_000) + "id==1" + ")".repeat(3_000));
        all.put("a filter of open parentheses", "(".repeat(6_000));
        all.put("a filter of many terms", "id==1" + ";id==1".repeat(1_200));
        all.put("a filter of 10,000 terms", "id==1" + ",id==1".repeat(9_999));
        all.put("a filter of many values", "id=in=(1" + ",1".repeat(3_500) + ")");
        all.put("a wildcard that backtracks", "name==" + "*a".repeat(24) + "*b");
        all.put("many wildcards", "name==" + "*".repeat(2_000) + "a");
        all.put("a pattern that backtracks", "name=re=(a%2B)%2B%24");
        all.put("an unknown operator", "name=nope=a");
        all.put("a filter without an end", "name==%22a");
        all.put("an unknown field", "no.such.field%5B0%5D==1");
        all.put("a filter of the wrong type", "id=gt=a;name=lt=true");
        all.put("a filter with a huge number", "n==1e999999999");
        return all;
    }

    /** Lines of headers, by what they are; credentials are elsewhere. */
    static Map<String, String> headers() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String name : List.of("If-Match", "If-None-Match")) {
            all.put(name + " anything", name + ": *");
            all.put(name + " 1", name + ": \"1\"");
            all.put(name + " weak", name + ": W/\"1\"");
            all.put(name + " no tag", name + ": garbage");
            all.put(name + " huge", name + ": \"" + "9".repeat(60) + "\"");
            all.put(name + " negative", name + ": \"-1\"");
            all.put(name + " empty", name + ":");
            all.put(name + " without an end", name + ": \"1");
            all.put(name + " of many", name + ": \"1\"" + ", \"1\"".repeat(500));
            all.put(name + " mixed", name + ": *, \"1\"");
        }
        for (String value : List.of(
                "text/html",
                "application/json;q=0",
                "*/*;q=abc",
                ";;;",
                "text/event-stream",
                "a",
                "application/problem+json",
                "*/*;q=1e999",
                ",".repeat(2_000),
                "/",
                "application/json;charset=nonsense")) {
            all.put("Accept " + Probe.cut(value), "Accept: " + value);
        }
        for (String value : List.of(
                "text/plain",
                "garbage",
                "application/json;charset=nonsense",
                "application/xml",
                "",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "application/json; charset=\"utf-8",
                "/;=",
                "application/x-www-form-urlencoded",
                "application/merge-patch+json",
                "*/*",
                "application/json;charset=UTF-16")) {
            all.put("Content-Type " + value, "Content-Type: " + value);
        }
        for (String value : List.of("gzip", "deflate", "br", "gzip, gzip", "identity", "nonsense")) {
            all.put("Content-Encoding " + value, "Content-Encoding: " + value);
        }
        for (String value : List.of("-1", "abc", "9".repeat(40), "1:2:3", "", "0", "a".repeat(3_000))) {
            all.put("Last-Event-ID " + Probe.cut(value), "Last-Event-ID: " + value);
        }
        for (String value :
                List.of("return=representation", "return=nonsense", "return", ";;=", "wait=-1", ", ".repeat(1_000))) {
            all.put("Prefer " + Probe.cut(value), "Prefer: " + value);
        }
        for (String line : List.of(
                "Range: bytes=0-0",
                "Range: bytes=-",
                "Accept-Encoding: gzip;q=abc",
                "Accept-Encoding: ;",
                "Accept-Language: -;q=",
                "Accept-Charset: nonsense",
                "X-HTTP-Method-Override: DELETE",
                "X-Forwarded-For: 127.0.0.1, garbage",
                "X-Forwarded-Proto: ftp",
                "Forwarded: for=;;;",
                "Origin: null",
                "Origin: http://evil.example",
                "Sec-Fetch-Site: cross-site",
                "Cookie: garbage",
                "Cookie: ;=;=",
                "Host: evil.example",
                "Cookie: JSESSIONID=../../x; $Version=1",
                "X-CSRF-Token: x",
                "If-Modified-Since: yesterday",
                "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
                "Upgrade: h2c",
                "TE: trailers",
                "User-Agent: ${jndi:x}")) {
            all.put(line, line);
        }
        return all;
    }

    /** Lines that the server's HTTP layer may refuse. */
    static Map<String, String> refusableHeaders() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("a header of 20 kB", "X-Long: " + "x".repeat(20_000));
        all.put("a header of 200 kB", "X-Long: " + "x".repeat(200_000));
        all.put("a thousand headers", "X-Many: 1" + "\r\nX-Many: 1".repeat(999));
        all.put("bytes beyond ASCII in a header", "X-Beyond: \u00e9");
        all.put("an expectation that nobody meets", "Expect: nonsense");
        all.put("a header without a colon", "nonsense");
        all.put("a header without a name", ": nonsense");
        all.put("a header that goes on", "X-Folded: a\r\n b");
        all.put("NUL in a header", "X-Nul: a\u0000b");
        all.put("a length that is negative", "Content-Length: -1");
        all.put("a length that is none", "Content-Length: abc");
        all.put("a length that is huge", "Content-Length: " + "9".repeat(30));
        all.put("two hosts", "Host: a\r\nHost: b");
        all.put("a host that is none", "Host: ::::");
        return all;
    }

    /** Methods other than those of the API, by whether the server itself may refuse them. */
    static Map<String, Boolean> methods() {
        Map<String, Boolean> all = new LinkedHashMap<>();
        all.put("TRACE", true);
        all.put("CONNECT", true);
        all.put("NONSENSE", true);
        all.put("PROPFIND", true);
        all.put("get", true);
        all.put("M".repeat(3_000), true);
        for (String known : List.of("HEAD", "OPTIONS", "GET", "PUT", "POST", "PATCH", "DELETE")) {
            all.put(known, false);
        }
        return all;
    }

    /** Bodies that are no JSON, or no sensible one. */
    static Map<String, byte[]> bodies() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("an empty body", new byte[0]);
        all.put("white space", bytes("  \n\t "));
        all.put("half an object", bytes("{\"id\":\"a\""));
        all.put("half a string", bytes("{\"id\":\"a"));
        all.put("a closing bracket", bytes("]"));
        all.put("two values", bytes("{} {}"));
        all.put("a comment", bytes("/* */ {}"));
        all.put("single quotes", bytes("{'id':'a'}"));
        for (String value :
                List.of("null", "true", "1", "\"text\"", "[]", "{}", "[[]]", "[null]", "[1,\"a\"]", "NaN", "-")) {
            all.put(value, bytes(value));
        }
        all.put("100,000 arrays", bytes("[".repeat(100_000)));
        all.put("100,000 arrays that end", bytes("[".repeat(100_000) + "]".repeat(100_000)));
        all.put("50,000 objects", bytes("{\"id\":".repeat(50_000)));
        all.put("50,000 objects that end", bytes("{\"id\":".repeat(50_000) + "1" + "}".repeat(50_000)));
        all.put("deep in a member", bytes("{\"id\":\"a\",\"n\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}"));
        all.put("a huge exponent", bytes("{\"id\":\"a\",\"n\":1e999999999}"));
        all.put("a tiny exponent", bytes("{\"id\":\"a\",\"n\":1e-999999999}"));
        all.put("a huge exponent as the key", bytes("{\"id\":1e999999999}"));
        all.put("100,000 digits", bytes("{\"id\":\"a\",\"n\":" + "9".repeat(100_000) + "}"));
        all.put("a member twice", bytes("{\"id\":\"a\",\"id\":\"b\"}"));
        all.put("invalid UTF-8", new byte[] {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xff, (byte) 0xc0, '"', '}'});
        all.put("UTF-16", "{\"id\":\"a\"}".getBytes(StandardCharsets.UTF_16));
        all.put("a byte order mark", bytes("\ufeff{\"id\":\"a\"}"));
        all.put("NUL", new byte[] {0, 0, 0, 0});
        all.put("an escaped NUL", bytes("{\"id\":\"a\\u0000b\"}"));
        all.put("a lone surrogate", bytes("{\"id\":\"\\ud800\"}"));
        all.put("an escape that is none", bytes("{\"id\":\"\\x\"}"));
        all.put("a key of 100 kB", bytes("{\"id\":\"" + "k".repeat(100_000) + "\"}"));
        all.put("100,000 members", bytes(members(100_000)));
        all.put(
                "a prototype",
                bytes("{\"__proto__\":{},\"@type\":\"java.lang.Runtime\",\"class\":\"java.lang.Class\"}"));
        all.put("10,000 lines", bytes("{\"id\":\"a\"}\n".repeat(10_000)));
        all.put("a form", bytes("a=%zz&=&&b=" + "c".repeat(10_000)));
        all.put("markup", bytes("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"));
        return all;
    }

    /** Values to put in the place of a member's. */
    static List<String> members() {
        List<String> all = new ArrayList<>(List.of(
                "null",
                "\"\"",
                "-1",
                "0",
                "1.5",
                "1e400",
                "9223372036854775808",
                "[]",
                "{}",
                "true",
                "[{}]",
                "\"\\u0000\"",
                "\"nonsense\"",
                "\"PT-1S\"",
                "\"PT9999999999999H\"",
                "\"..\"",
                "\"\\ud800\""));
        all.add("\"" + "x".repeat(20_000) + "\"");
        all.add("[" + "{\"name\":\"a\",\"field\":\"a\"},".repeat(5_000) + "null]");
        return all;
    }

    /** A body that becomes much longer when it is unpacked. */
    static byte[] bomb(int mebibytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 20];
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            for (int i = 0; i < mebibytes; i++) {
                out.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static String members(int count) {
        StringBuilder object = new StringBuilder("{\"id\":\"a\"");
        for (int i = 0; i < count; i++) {
            object.append(",\"m").append(i).append("\":").append(i);
        }
        return object.append('}').toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
