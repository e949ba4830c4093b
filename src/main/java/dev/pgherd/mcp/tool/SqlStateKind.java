package dev.pgherd.mcp.tool;

/** What sort of failure PostgreSQL's answer to a statement is. */
final class SqlStateKind {

    private SqlStateKind() {}

    static FailureKind of(String sqlState) {
        return switch (sqlState) {
            case "42501", "25006" -> FailureKind.FORBIDDEN;
            case "40001", "40P01", "55P03" -> FailureKind.CONFLICT;
            case "53300", "57P01", "57P02", "57P03" -> FailureKind.UNAVAILABLE;
            default -> sqlState.startsWith("08") ? FailureKind.UNAVAILABLE : FailureKind.FAILED;
        };
    }
}
