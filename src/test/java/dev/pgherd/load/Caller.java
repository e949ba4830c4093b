package dev.pgherd.load;

import java.io.IOException;

/** One agent with a connection of its own. */
final class Caller implements AutoCloseable {

    private final Endpoint endpoint;
    private final RawConnection connection;
    private final String[] session;

    private Caller(Endpoint endpoint, RawConnection connection, String[] session) {
        this.endpoint = endpoint;
        this.connection = connection;
        this.session = session;
    }

    static Caller of(Endpoint endpoint) throws IOException {
        var connection = RawConnection.open(endpoint.port());
        return new Caller(endpoint, connection, endpoint.dialect().open(connection));
    }

    /** The answer's length in bytes; an error is one of the test. */
    int ask(String sql) throws IOException {
        var request = endpoint.dialect()
                .call(session, endpoint.tool(), endpoint.arguments().apply(sql));
        var status = connection.exchange(request);
        if (status != 200) {
            throw new IOException(endpoint.name() + ": " + status + " " + connection.body());
        }
        return connection.bodyBytes();
    }

    /** The last answer. */
    String answer() {
        return connection.body();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
