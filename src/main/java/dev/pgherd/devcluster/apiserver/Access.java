package dev.pgherd.devcluster.apiserver;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;

/** Who may ask: only programs on this machine that know the token in the server's URL. */
record Access(String token) {

    private static final int TOKEN_BYTES = 16;
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern LOOPBACK = Pattern.compile("(?i)(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]+)?");

    /** The token of that directory, made at the first start. */
    static Access of(Path stateDirectory) {
        var file = stateDirectory.resolve("token");
        try {
            if (Files.exists(file)) {
                return new Access(check(file, Files.readString(file).strip()));
            }
            var bytes = new byte[TOKEN_BYTES];
            new SecureRandom().nextBytes(bytes);
            var token = HexFormat.of().formatHex(bytes);
            var temporary = stateDirectory.resolve("token.tmp");
            Files.writeString(temporary, token);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            return new Access(token);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read or write the access token " + file + ": " + e.getMessage(), e);
        }
    }

    private static String check(Path file, String token) throws IOException {
        if (!TOKEN.matcher(token).matches()) {
            throw new IOException("it holds no token of 32 hexadecimal digits; delete " + file.getFileName());
        }
        return token;
    }

    /** A name that resolves to loopback by the attacker's will is no loopback name. */
    boolean fromLoopback(Context context) {
        return LOOPBACK.matcher(Objects.requireNonNullElse(context.header("Host"), ""))
                .matches();
    }

    boolean matches(String candidate) {
        return MessageDigest.isEqual(
                candidate.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
