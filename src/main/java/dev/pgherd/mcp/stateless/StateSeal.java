package dev.pgherd.mcp.stateless;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keeps clients from changing what they carry for the server. They may read it: it is their own answers. */
final class StateSeal {

    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;

    StateSeal(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    String seal(String state) {
        var bytes = state.getBytes(StandardCharsets.UTF_8);
        return TEXT.encodeToString(bytes) + "." + TEXT.encodeToString(mac(bytes));
    }

    /** Empty for what was not sealed with this key, or was changed since. */
    Optional<String> open(String sealed) {
        var parts = sealed.split("\\.", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(parts[0]);
            var genuine =
                    MessageDigest.isEqual(mac(bytes), Base64.getUrlDecoder().decode(parts[1]));
            return genuine ? Optional.of(new String(bytes, StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] mac(byte[] bytes) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
