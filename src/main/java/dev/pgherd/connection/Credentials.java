package dev.pgherd.connection;

import static java.util.Objects.requireNonNull;

/** A login role and its password. */
public record Credentials(String username, String password) {

    /** Stands for a Secret that is not there (yet). */
    public static final Credentials NONE = new Credentials("", "");

    public Credentials {
        requireNonNull(username, "username is null");
        requireNonNull(password, "password is null");
    }

    public boolean present() {
        return !username.isEmpty();
    }

    @Override
    public String toString() {
        return "Credentials[" + username + ", password redacted]";
    }
}
