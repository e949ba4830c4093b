package dev.pgherd.mcp.rpc;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a request proves itself with, as something that can be compared and kept.
 *
 * @param digest of the Authorization header, if there is one
 */
public record Credentials(Optional<String> digest) {

    public static Credentials of(HttpServletRequest request) {
        return new Credentials(
                Optional.ofNullable(request.getHeader("Authorization")).map(Credentials::digest));
    }

    private static String digest(String header) {
        try {
            var bytes = MessageDigest.getInstance("SHA-256").digest(header.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
