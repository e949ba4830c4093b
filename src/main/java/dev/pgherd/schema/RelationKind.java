package dev.pgherd.schema;

import java.util.Arrays;
import java.util.Locale;

/** What kind of table something is. */
public enum RelationKind {
    TABLE('r'),
    PARTITIONED_TABLE('p'),
    VIEW('v'),
    MATERIALIZED_VIEW('m'),
    FOREIGN_TABLE('f');

    private final char code;

    RelationKind(char code) {
        this.code = code;
    }

    static RelationKind of(String code) {
        return Arrays.stream(values())
                .filter(kind -> String.valueOf(kind.code).equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of relation: " + code));
    }

    /** As tools call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
