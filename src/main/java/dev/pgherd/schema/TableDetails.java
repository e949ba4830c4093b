package dev.pgherd.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that agents may know of one table.
 *
 * @param busy whether somebody had it locked, so that its size and its definitions are missing
 * @param bytes with indexes, measured; null for views and while it is busy
 * @param partitionKey of a partitioned table, else empty
 * @param partitionBound of a partition, else empty
 */
public record TableDetails(
        boolean busy,
        @Nullable Long rows,
        @Nullable Long bytes,
        boolean rowSecurity,
        String partitionKey,
        String partitionBound,
        List<Column> columns,
        List<Constraint> constraints,
        List<ForeignKey> references,
        List<ForeignKey> referencedBy,
        List<Index> indexes) {

    public TableDetails {
        columns = List.copyOf(columns);
        constraints = List.copyOf(constraints);
        references = List.copyOf(references);
        referencedBy = List.copyOf(referencedBy);
        indexes = List.copyOf(indexes);
    }
}
