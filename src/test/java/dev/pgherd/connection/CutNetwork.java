package dev.pgherd.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server that ends each connection after so many bytes of answers. */
final class CutNetwork implements AutoCloseable {

    private final ServerSocket entrance;
    private final int serverPort;
    private final int answerBytes;
    private final AtomicInteger cuts = new AtomicInteger();

    private CutNetwork(ServerSocket entrance, int serverPort, int answerBytes) {
        this.entrance = entrance;
        this.serverPort = serverPort;
        this.answerBytes = answerBytes;
    }

    static CutNetwork to(int serverPort, int answerBytes) throws IOException {
        var network =
                new CutNetwork(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), serverPort, answerBytes);
        start(network::accept);
        return network;
    }

    int port() {
        return entrance.getLocalPort();
    }

    int cuts() {
        return cuts.get();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }

    private void accept() throws IOException {
        while (!entrance.isClosed()) {
            var client = entrance.accept();
            var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            start(() -> pass(client, server, Integer.MAX_VALUE));
            start(() -> {
                if (pass(server, client, answerBytes)) {
                    cuts.incrementAndGet();
                }
            });
        }
    }

    /** Both connections are closed at the end; true when the bytes were used up. */
    private static boolean pass(Socket from, Socket to, int bytes) throws IOException {
        try (from;
                to) {
            return pass(from.getInputStream(), to.getOutputStream(), bytes);
        }
    }

    private static boolean pass(InputStream in, OutputStream out, int bytes) throws IOException {
        var buffer = new byte[8192];
        var left = bytes;
        while (left > 0) {
            var read = in.read(buffer, 0, Math.min(left, buffer.length));
            if (read < 0) {
                return false;
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        return true;
    }

    private static void start(Step step) {
        var thread = new Thread(
                () -> {
                    try {
                        step.run();
                    } catch (IOException e) {
                        // The other end has closed; so does this one.
                    }
                },
                "test-network");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Step {

        void run() throws IOException;
    }
}
