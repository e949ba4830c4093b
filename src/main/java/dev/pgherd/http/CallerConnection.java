package dev.pgherd.http;

import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** The connection on which a request has come. */
public final class CallerConnection {

    private final WatchedEndPoint endPoint;

    private CallerConnection(WatchedEndPoint endPoint) {
        this.endPoint = endPoint;
    }

    public static CallerConnection of(HttpServletRequest request) {
        var connection = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection();
        return new CallerConnection((WatchedEndPoint) connection.getEndPoint());
    }

    /**
     * Whether the caller has closed it, be it on its side alone. To be asked while the request, all of which was read, is
     * not being answered yet; writes nothing.
     */
    public boolean hungUp() {
        return endPoint.hungUp();
    }
}
