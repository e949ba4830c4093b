package dev.pgherd.config;

/** A setting that cannot be used; the message names its key, the value and what is allowed. */
public final class InvalidSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String key;

    InvalidSettingException(String key, String value, String allowed) {
        super("%s is '%s', but must be %s".formatted(key, value, allowed));
        this.key = key;
    }

    /** Name of the setting, such as {@code PGHERD_HTTP_PORT}. */
    public String key() {
        return key;
    }
}
