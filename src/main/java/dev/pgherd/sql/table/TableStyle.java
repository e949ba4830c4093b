package dev.pgherd.sql.table;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a table is written: each line ends the way that the style wants. */
public interface TableStyle {

    String header(List<String> names);

    /** A null cell is the NULL of SQL, and looks different from an empty text. */
    String row(List<@Nullable String> cells);
}
