package dev.pgherd.sql.guard;

import java.util.Set;

/**
 * What a statement does, as far as its text tells.
 *
 * @param writes the commands in it that write, lock or define, wherever they stand
 * @param unknown whether it calls functions or operators that may do anything; what follows a row in parentheses may be one
 */
public record Actions(Set<String> writes, boolean unknown) {

    public Actions {
        writes = Set.copyOf(writes);
    }

    static Actions of(Findings findings) {
        return new Actions(
                findings.writes,
                findings.derived
                        || !findings.functions.stream().allMatch(HarmlessCalls::hold)
                        || !HarmlessCalls.OPERATORS.containsAll(findings.operators));
    }
}
