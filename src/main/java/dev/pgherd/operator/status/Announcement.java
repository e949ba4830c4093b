package dev.pgherd.operator.status;

/**
 * Something that happened to an instance, as an Event tells it.
 *
 * @param warning whether somebody should look at it
 * @param reason CamelCase word in the past tense
 */
public record Announcement(boolean warning, String reason, String message) {

    private static final int MAX_MESSAGE = 1024;

    public Announcement {
        message = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE - 3) + "..." : message;
    }

    public static Announcement normal(String reason, String message) {
        return new Announcement(false, reason, message);
    }

    public static Announcement warning(String reason, String message) {
        return new Announcement(true, reason, message);
    }
}
