package dev.pgherd.connection;

import com.zaxxer.hikari.HikariDataSource;

/** From which pool a caller gets a connection, and for what. */
record Loan(Target target, Access access, HikariDataSource pool, LazyPool owner, Breaker breaker) {

    /** The others were connected to the same server: when one is lost, none of them is worth trying. */
    void forgetConnections() {
        pool.getHikariPoolMXBean().softEvictConnections();
    }
}
