package dev.pgherd.schema;

/** An index; the definition is empty while somebody has the table locked. */
public record Index(String name, boolean unique, boolean primary, boolean valid, String definition) {}
