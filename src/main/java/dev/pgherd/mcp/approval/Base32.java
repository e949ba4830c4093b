package dev.pgherd.mcp.approval;

import java.math.BigInteger;
import java.util.Arrays;

/** Writes the beginning of a digest with letters and digits that can be told apart and typed. */
final class Base32 {

    /** 160 bits, far more than anybody can search through. */
    static final int LENGTH = 32;

    private static final int BITS = 5;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Base32() {}

    static String of(byte[] digest) {
        var number = new BigInteger(1, Arrays.copyOf(digest, LENGTH * BITS / Byte.SIZE));
        var text = new StringBuilder(LENGTH);
        for (var place = LENGTH - 1; place >= 0; place--) {
            text.append(ALPHABET.charAt(number.shiftRight(place * BITS).intValue() & (ALPHABET.length() - 1)));
        }
        return text.toString();
    }
}
