package dev.pgherd.api.v1alpha1;

import java.time.Duration;
import java.util.regex.Pattern;

/** A length of time as the spec writes it: {@code 90m}, {@code 1h30m}, {@code 7d}. */
public final class TimeSpan {

    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,6}[smhd])+");
    private static final Pattern PART = Pattern.compile("([0-9]+)([smhd])");

    private TimeSpan() {}

    /** The definition lets no other text pass, and none that is too long to be added up. */
    public static Duration parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException("'%s' is no length of time such as 90m, 4h or 7d".formatted(text));
        }
        return PART.matcher(text)
                .results()
                .map(part -> of(Long.parseLong(part.group(1)), part.group(2)))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
