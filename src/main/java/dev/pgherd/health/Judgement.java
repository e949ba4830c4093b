package dev.pgherd.health;

import java.util.List;

/**
 * What a check makes of what it read.
 *
 * @param unseen what the role that read cannot see, in sentences
 */
record Judgement(List<Finding> findings, List<String> unseen) {

    static Judgement of(List<Finding> findings) {
        return new Judgement(findings, List.of());
    }
}
