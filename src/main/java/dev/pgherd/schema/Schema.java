package dev.pgherd.schema;

/** A schema that agents may use. */
public record Schema(String name, String comment) {}
