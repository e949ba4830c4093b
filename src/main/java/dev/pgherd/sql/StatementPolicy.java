package dev.pgherd.sql;

import dev.pgherd.sql.guard.Policy;
import java.util.List;

/** Whether agents may know of a statement that somebody else ran. */
public final class StatementPolicy {

    private StatementPolicy() {}

    /** Whether they could send it themselves; what cannot be read, they may not know. */
    public static boolean permits(String sql, Policy policy) {
        return PolicyGuard.objection(new SqlRequest(sql, List.of()), StatementKind.of(sql), policy, Mode.EXECUTE, true)
                .isEmpty();
    }
}
