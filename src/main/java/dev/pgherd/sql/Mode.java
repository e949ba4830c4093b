package dev.pgherd.sql;

/** Which of the two ways a statement runs. */
enum Mode {
    QUERY,
    EXECUTE
}
