package dev.pgherd.health;

/** By what statements are compared. */
public enum StatementOrder {
    total_time("total_exec_time"),
    mean_time("mean_exec_time"),
    calls("calls"),
    rows("rows"),
    blocks("shared_blks_hit + s.shared_blks_read");

    private final String expression;

    StatementOrder(String expression) {
        this.expression = expression;
    }

    String expression() {
        return expression;
    }
}
