package dev.pgherd.load;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Requests as the bytes that go over the wire. */
public final class RawRequest {

    private RawRequest() {}

    /** A message to an MCP endpoint, with more header lines. */
    public static byte[] post(String path, String body, String... headers) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return (head("POST " + path, headers) + "Content-Type: application/json\r\nContent-Length: " + bytes.length
                        + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A stream of events. */
    public static byte[] get(String path, String... headers) {
        return (head("GET " + path, headers) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The end of a session. */
    public static byte[] delete(String path, String... headers) {
        return (head("DELETE " + path, headers) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String head(String target, String... headers) {
        var more = headers.length == 0 ? "" : String.join("\r\n", List.of(headers)) + "\r\n";
        return target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json, text/event-stream\r\n" + more;
    }
}
