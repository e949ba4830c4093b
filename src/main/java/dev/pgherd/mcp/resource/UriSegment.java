package dev.pgherd.mcp.resource;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** A name as a segment of a URI's path: whatever is not plain there is percent-encoded. */
final class UriSegment {

    private static final String PLAIN_MARKS = "-._~";
    private static final int HEX = 16;
    private static final int DIGITS = 2;

    private UriSegment() {}

    static String encode(String name) {
        var encoded = new StringBuilder();
        for (var octet : name.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(octet)) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append("%02X".formatted(octet));
            }
        }
        return encoded.toString();
    }

    /** Empty for what is no segment, or none of UTF-8. */
    static Optional<String> decode(String segment) {
        var octets = new ByteArrayOutputStream();
        for (var index = 0; index < segment.length(); index++) {
            var character = segment.charAt(index);
            if (character != '%') {
                octets.writeBytes(String.valueOf(character).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            var value = hex(segment, index + 1);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            octets.write(value.get());
            index += DIGITS;
        }
        return text(octets.toByteArray());
    }

    private static Optional<Integer> hex(String segment, int from) {
        var to = from + DIGITS;
        if (to > segment.length()
                || !segment.substring(from, to).toLowerCase(Locale.ROOT).matches("[0-9a-f]{2}")) {
            return Optional.empty();
        }
        return Optional.of(Integer.parseInt(segment.substring(from, to), HEX));
    }

    private static Optional<String> text(byte[] octets) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            return Optional.of(text).filter(name -> !name.isEmpty());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || PLAIN_MARKS.indexOf(octet) >= 0;
    }
}
