package dev.pgherd.connection;

import java.sql.SQLException;

/** A pool, as far as it shares the connections there may be with the others. */
interface Claimant {

    /** Whether somebody waits for a connection from it now. */
    boolean hasCallers();

    /** Whether it has connections that nobody uses. */
    boolean hasIdle();

    /** Whether somebody uses one of its connections, or is about to. */
    boolean inUse();

    /** When it was used last, in elapsed nanoseconds. */
    long lastUse();

    /** Begins to close its idle connections. */
    void giveWay();

    /** An attempt to open a connection has succeeded. */
    void connected();

    /** An attempt to open a connection has failed. */
    void failed(SQLException reason);
}
