package dev.pgherd.connection;

/** A connection that knows how old it is. */
interface OpenedConnection {

    /** In elapsed nanoseconds. */
    long openedAt();
}
