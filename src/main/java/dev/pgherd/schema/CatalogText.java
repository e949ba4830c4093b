package dev.pgherd.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The SQL files beside this class. */
enum CatalogText {
    SCHEMAS("schemas"),
    RELATIONS("relations"),
    COLUMN_NAMES("column-names"),
    ROUTINES("routines"),
    FACTS("facts"),
    COLUMNS("columns"),
    CONSTRAINTS("constraints"),
    INDEXES("indexes");

    private final String sql;

    CatalogText(String file) {
        try (var stream = Objects.requireNonNull(CatalogText.class.getResourceAsStream(file + ".sql"), file)) {
            this.sql = new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("while reading " + file + ".sql from the program", e);
        }
    }

    String sql() {
        return sql;
    }
}
