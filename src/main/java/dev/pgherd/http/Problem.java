package dev.pgherd.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/** An error as the client sees it (RFC 9457): what is wrong, never how the program is made. */
public record Problem(int status, String detail) {

    public static final String CONTENT_TYPE = "application/problem+json";

    private static final ObjectMapper JSON = new ObjectMapper();

    static Problem of(int status) {
        return new Problem(status, "");
    }

    byte[] json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("title", HttpStatus.getMessage(status)).put("status", status);
        if (!detail.isEmpty()) {
            json.put("detail", detail);
        }
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            return "{\"status\":%d}".formatted(status).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Replaces whatever was to be answered, unless that is on its way already. */
    public void send(HttpServletResponse response) throws IOException {
        send(response, Map.of());
    }

    /** With these headers beside it. */
    public void send(HttpServletResponse response, Map<String, String> headers) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.reset();
        response.setStatus(status);
        response.setContentType(CONTENT_TYPE);
        headers.forEach(response::setHeader);
        response.getOutputStream().write(json());
    }
}
