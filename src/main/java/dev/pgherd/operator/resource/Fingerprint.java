package dev.pgherd.operator.resource;

import dev.pgherd.digest.Sha256;

/** A short word that stands for a text. */
final class Fingerprint {

    private static final int BYTES = 8;

    private Fingerprint() {}

    static String of(String text) {
        return Sha256.hex(text, BYTES);
    }
}
