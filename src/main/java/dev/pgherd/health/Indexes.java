package dev.pgherd.health;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Indexes that are not valid, that another one makes needless, or that nobody uses. */
final class Indexes implements HealthCheck {

    private static final double MATTERS = 1 << 20;

    @Override
    public String name() {
        return "indexes";
    }

    @Override
    public Judgement judge(List<Row> rows) {
        var findings = new ArrayList<Finding>();
        var told = new HashSet<Row>();
        for (var row : rows) {
            if (!row.flag("valid")) {
                told.add(row);
                findings.add(invalid(row));
            }
        }
        rows.stream()
                .filter(row -> !told.contains(row))
                .collect(Collectors.groupingBy(row -> row.text("of"), LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(ofOne -> needless(ofOne, told, findings));
        rows.stream().filter(row -> !told.contains(row)).flatMap(this::unused).forEach(findings::add);
        return Judgement.of(findings);
    }

    /** Of two that are the same, the one that no constraint needs is the one to go. */
    private void needless(List<Row> ofOneTable, Set<Row> told, List<Finding> findings) {
        for (var row : ofOneTable) {
            ofOneTable.stream()
                    .filter(other -> !other.equals(row) && !told.contains(other) && replaces(other, row))
                    .findFirst()
                    .ifPresent(other -> {
                        told.add(row);
                        findings.add(needless(row, other));
                    });
        }
    }

    private Finding invalid(Row row) {
        return finding(
                Severity.WARNING,
                row.text("reference"),
                "it is not valid: not used, but kept up to date",
                "A CREATE INDEX CONCURRENTLY that failed left it behind: build it anew, or drop it.",
                "REINDEX INDEX CONCURRENTLY " + row.text("reference"));
    }

    private Finding needless(Row row, Row other) {
        return finding(
                Severity.WARNING,
                row.text("reference"),
                "%s of %s (%s)"
                        .formatted(
                                row.text("signature").equals(other.text("signature"))
                                        ? "a duplicate"
                                        : "its columns are the first ones",
                                other.text("reference"),
                                Amounts.bytes(row.number("bytes"))),
                "It costs at each write and gives nothing that the other does not.",
                "DROP INDEX CONCURRENTLY " + row.text("reference"));
    }

    private Stream<Finding> unused(Row row) {
        if (row.flag("needed") || row.number("scans") > 0 || row.number("bytes") < MATTERS) {
            return Stream.empty();
        }
        return Stream.of(finding(
                Severity.INFO,
                row.text("reference"),
                "not used once in %s, %s"
                        .formatted(Amounts.time(row.number("seconds")), Amounts.bytes(row.number("bytes"))),
                "Where that time covers all that is ever asked (reports at the end of a month), drop it.",
                "DROP INDEX CONCURRENTLY " + row.text("reference")));
    }

    /** Whether whatever one is good for the other is good for, too. */
    private static boolean replaces(Row other, Row row) {
        if (row.text("signature").equals(other.text("signature"))) {
            return !row.flag("needed") || other.flag("needed");
        }
        var keys = row.texts("keys");
        var more = other.texts("keys");
        return !row.flag("needed")
                && !keys.isEmpty()
                && more.size() > keys.size()
                && Collections.indexOfSubList(more, keys) == 0;
    }
}
