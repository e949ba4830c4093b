package dev.pgherd.mcp;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The media types that a caller takes.
 *
 * @param ranges types, or all of a kind; everything where there are none
 */
record Accepted(List<String> ranges) {

    static final String EVERYTHING = "*/*";

    private static final Pattern REFUSED = Pattern.compile(";\\s*q\\s*=\\s*0(\\.0*)?\\s*(;|$)");

    /** What nearly every client sends. */
    private static final List<String> USUAL_HEADERS = List.of("application/json, text/event-stream");

    private static final Accepted USUAL = of(USUAL_HEADERS);

    Accepted {
        ranges = List.copyOf(ranges);
    }

    /** Several headers are one list. */
    static Accepted by(HttpServletRequest request) {
        var headers = Collections.list(request.getHeaders("Accept"));
        return headers.equals(USUAL_HEADERS) ? USUAL : of(headers);
    }

    private static Accepted of(List<String> headers) {
        return new Accepted(headers.stream()
                .flatMap(header -> Arrays.stream(header.toLowerCase(Locale.ROOT).split(",", -1)))
                .filter(range -> !REFUSED.matcher(range).find())
                .map(range -> range.split(";", 2)[0].strip())
                .filter(range -> !range.isEmpty())
                .toList());
    }

    boolean includes(String type) {
        var kind = type.substring(0, type.indexOf('/')) + "/*";
        return ranges.isEmpty()
                || type.equals(EVERYTHING)
                || ranges.contains(EVERYTHING)
                || ranges.contains(kind)
                || ranges.contains(type);
    }
}
