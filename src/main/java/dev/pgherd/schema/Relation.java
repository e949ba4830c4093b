package dev.pgherd.schema;

import org.jspecify.annotations.Nullable;

/**
 * A table, view or the like.
 *
 * @param reference schema and name as they are written in SQL, quoted where they have to be
 * @param rows as PostgreSQL estimated them last; null where it never did, and for views
 * @param bytes with indexes, as of the last VACUUM or ANALYZE; null where there was none, and for views
 * @param partitions how many tables hold the rows of a partitioned table, at any depth
 * @param parent identity of the table of which this is a partition; 0 for others
 * @param extension the extension that made it, or empty
 */
public record Relation(
        long oid,
        String schema,
        String name,
        String reference,
        RelationKind kind,
        @Nullable Long rows,
        @Nullable Long bytes,
        int partitions,
        long parent,
        String extension,
        String comment) {

    public boolean partition() {
        return parent != 0;
    }

    /** As agents see it: to those who do not see the table above it, it is one of its own. */
    Relation told(long shownParent, String shownComment) {
        return new Relation(
                oid, schema, name, reference, kind, rows, bytes, partitions, shownParent, extension, shownComment);
    }
}
