package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/** What agents do not get at, by name. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BlockedObjects(
        @JsonPropertyDescription("Tables and views as schema.table. A table stays blocked under another name, and so do"
                + " its partitions and every view that shows it.")
        List<String> tables,

        @JsonPropertyDescription("Columns as table.column, schema.table.column or *.column. A view that shows one is"
                + " blocked as a whole.")
        List<String> columns,

        @JsonPropertyDescription("Functions as schema.function, such as pg_catalog.pg_sleep; kept from everybody but"
                + " the owner of the database.")
        List<String> functions) {

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the user left out
    public BlockedObjects {
        tables = tables == null ? List.of() : List.copyOf(tables);
        columns = columns == null ? List.of() : List.copyOf(columns);
        functions = functions == null ? List.of() : List.copyOf(functions);
    }

    static BlockedObjects none() {
        return new BlockedObjects(List.of(), List.of(), List.of());
    }

    public boolean any() {
        return !(tables.isEmpty() && columns.isEmpty() && functions.isEmpty());
    }
}
