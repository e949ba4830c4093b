package dev.pgherd.mcp.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Stands for one deed until a time. Anybody can work it out, so that every replica can check it and none has to remember it;
 * it counts only where a person has granted it.
 */
public record ApprovalToken(long expiry, String digest) {

    /** The same call has the same token for so long: whoever asks again while a person thinks does not begin anew. */
    private static final Duration STEP = Duration.ofMinutes(5);

    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,17})-([a-z2-7]{" + Base32.LENGTH + "})");

    static ApprovalToken of(Deed deed, Instant now) {
        var step = STEP.toSeconds();
        var expiry = now.getEpochSecond() / step * step + LONGEST.toSeconds();
        return new ApprovalToken(expiry, deed.digest(expiry));
    }

    /** Empty where the text is none. */
    static Optional<ApprovalToken> parse(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new ApprovalToken(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    public Instant expiresAt() {
        return Instant.ofEpochSecond(expiry);
    }

    boolean expired(Instant now) {
        return !now.isBefore(expiresAt());
    }

    /** Whoever works one out for himself does not get more time. */
    boolean tooLong(Instant now) {
        return expiresAt().isAfter(now.plus(LONGEST));
    }

    boolean standsFor(Deed deed) {
        return digest.equals(deed.digest(expiry));
    }

    @Override
    public String toString() {
        return expiry + "-" + digest;
    }
}
