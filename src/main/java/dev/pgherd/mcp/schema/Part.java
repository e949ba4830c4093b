package dev.pgherd.mcp.schema;

import dev.pgherd.schema.Names;
import dev.pgherd.schema.Overview;
import dev.pgherd.schema.Relation;
import dev.pgherd.schema.TableDetails;
import java.util.Optional;

/** A part of what can be known of an instance's schema; each is read by itself, when it is asked for. */
@SuppressWarnings("UnusedTypeParameter") // what is read of it is a T
public record Part<T>(String name) {

    public static final Part<Overview> OVERVIEW = new Part<>("overview");
    public static final Part<Names> NAMES = new Part<>("names");

    public static Part<Optional<TableDetails>> of(Relation table) {
        return new Part<>("table " + table.oid());
    }
}
