package dev.pgherd.mcp;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request whose body was read already, and whose Accept header the SDK understands. */
final class ReplayedRequest extends HttpServletRequestWrapper {

    private final byte[] body;
    private final String accept;

    ReplayedRequest(HttpServletRequest request, byte[] body, String accept) {
        super(request);
        this.body = body;
        this.accept = accept;
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public ServletInputStream getInputStream() {
        return new ReplayedBody(body);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return name.equalsIgnoreCase("Accept") ? accept : super.getHeader(name);
    }
}
