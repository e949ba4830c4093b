package dev.pgherd.sql;

/** A column of a result: its name, which another column may share, and its PostgreSQL type such as int4 or text[]. */
public record Column(String name, String type) {}
