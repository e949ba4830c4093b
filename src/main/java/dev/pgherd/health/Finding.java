package dev.pgherd.health;

import java.util.function.UnaryOperator;

/**
 * Something that is wrong, or will be.
 *
 * @param check that found it
 * @param object what it is about; empty where it is the whole server
 * @param evidence the numbers
 * @param advice what to do
 * @param sql the statement for that; empty where there is none
 */
public record Finding(String check, Severity severity, String object, String evidence, String advice, String sql) {

    Finding advising(UnaryOperator<String> words) {
        return new Finding(check, severity, object, evidence, words.apply(advice), sql);
    }
}
