package dev.pgherd.mcp.rpc;

import dev.pgherd.digest.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * What a request proves itself with, as something that can be compared and kept.
 *
 * @param digest of the Authorization header, if there is one
 */
public record Credentials(Optional<String> digest) {

    public static Credentials of(HttpServletRequest request) {
        return new Credentials(
                Optional.ofNullable(request.getHeader("Authorization")).map(Sha256::hex));
    }
}
