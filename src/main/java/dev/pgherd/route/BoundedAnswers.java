package dev.pgherd.route;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;
import org.postgresql.ds.common.BaseDataSource;

/**
 * Sockets on which no answer is longer than a limit; the driver makes it by its name. The driver collects a message
 * whole before it looks at it, and whoever chooses a server chooses what it answers: without an end to that, one
 * server uses up the memory of all.
 */
public final class BoundedAnswers extends SocketFactory {

    private final long limit;

    public BoundedAnswers(String limit) {
        this.limit = Long.parseLong(limit);
    }

    /**
     * Has a driver use such sockets.
     *
     * @param bytes that a server may send at most between two messages to it
     */
    public static void applyTo(BaseDataSource source, long bytes) {
        source.setSocketFactory(BoundedAnswers.class.getName());
        source.setSocketFactoryArg(String.valueOf(bytes));
    }

    @Override
    public Socket createSocket() {
        return new BoundedSocket(limit);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unconnectedOnly();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        throw unconnectedOnly();
    }

    private static IOException unconnectedOnly() {
        return new IOException("sockets are made unconnected");
    }

    private static final class BoundedSocket extends Socket {

        private final long limit;
        private final AtomicLong left;

        BoundedSocket(long limit) {
            this.limit = limit;
            this.left = new AtomicLong(limit);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    return counted(super.read(), 1);
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    var read = super.read(bytes, offset, length);
                    return counted(read, read);
                }
            };
        }

        private int counted(int result, int bytes) throws IOException {
            if (result >= 0 && left.addAndGet(-bytes) < 0) {
                throw new IOException("the server's answer is longer than %d bytes".formatted(limit));
            }
            return result;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int b) throws IOException {
                    left.set(limit);
                    out.write(b);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    left.set(limit);
                    out.write(bytes, offset, length);
                }
            };
        }
    }
}
