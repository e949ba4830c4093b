package dev.pgherd.operator.dependent;

import java.security.SecureRandom;

/** Generates passwords of letters and digits, which need quoting in no URI, shell or file. */
final class Passwords {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** 32 characters out of 62 are more than 190 bits. */
    private static final int LENGTH = 32;

    private final SecureRandom random = new SecureRandom();

    String generate() {
        var password = new StringBuilder(LENGTH);
        random.ints(LENGTH, 0, ALPHABET.length()).forEach(i -> password.append(ALPHABET.charAt(i)));
        return password.toString();
    }
}
