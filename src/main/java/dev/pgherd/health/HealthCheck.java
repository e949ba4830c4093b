package dev.pgherd.health;

import java.util.List;

/** Looks for one kind of trouble: the query stands in a file of the check's name, the judgement here. */
interface HealthCheck {

    /** As callers name it. */
    String name();

    /** Judges the rows of the query, those about what agents may not see left out. */
    Judgement judge(List<Row> rows);

    default Finding finding(Severity severity, String object, String evidence, String advice, String sql) {
        return new Finding(name(), severity, object, evidence, advice, sql);
    }
}
