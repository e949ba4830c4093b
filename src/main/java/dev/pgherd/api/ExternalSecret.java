package dev.pgherd.api;

/** Keys of the Secret that {@code spec.external.credentialsSecret} names. */
public final class ExternalSecret {

    public static final String USERNAME = "username";
    public static final String PASSWORD = "password";

    /** PEM certificates of the authorities that the server's certificate is checked against; optional. */
    public static final String AUTHORITIES = "ca.crt";

    private ExternalSecret() {}
}
