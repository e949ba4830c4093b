package dev.pgherd.mcp.stateless;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The text that a header stands for: itself, or in Base64 between marks where a header cannot hold it. */
final class HeaderText {

    private static final String BEFORE = "=?base64?";
    private static final String AFTER = "?=";

    private HeaderText() {}

    /** Empty for what no client may send. */
    static Optional<String> decode(String value) {
        if (!value.startsWith(BEFORE) || !value.endsWith(AFTER) || value.length() < BEFORE.length() + AFTER.length()) {
            return value.chars().allMatch(HeaderText::isPlain) ? Optional.of(value) : Optional.empty();
        }
        try {
            var bytes = Base64.getDecoder().decode(value.substring(BEFORE.length(), value.length() - AFTER.length()));
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(int character) {
        return character == '\t' || (character >= ' ' && character <= '~');
    }
}
