package dev.pgherd.devcluster.apiserver;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/** The connection of a request whose answer is a stream. */
final class ClientConnection {

    private final EndPoint endPoint;

    ClientConnection(Context context) {
        this.endPoint = ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
    }

    /** Whether the client has left; it sends nothing more, so only the end of its stream can be read here. */
    boolean gone() {
        try {
            return endPoint.fill(ByteBuffer.allocate(1).limit(0)) != 0;
        } catch (IOException e) {
            return true;
        }
    }
}
