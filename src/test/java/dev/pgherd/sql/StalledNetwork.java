package dev.pgherd.sql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A way to a server that at some time lets nothing through any more and closes nothing, as when a cable is pulled: what
 * was sent is taken, and no answer comes.
 */
public final class StalledNetwork implements AutoCloseable {

    private final ServerSocket entrance;
    private final int serverPort;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
    private final AtomicInteger connections = new AtomicInteger();

    private StalledNetwork(ServerSocket entrance, int serverPort) {
        this.entrance = entrance;
        this.serverPort = serverPort;
    }

    public static StalledNetwork to(int serverPort) throws IOException {
        var network = new StalledNetwork(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), serverPort);
        start(network::accept);
        return network;
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** How many there have been. */
    public int connections() {
        return connections.get();
    }

    /** From so many bytes of answers on; also new connections get none. */
    public void stallAfter(long answerBytes) {
        left.set(answerBytes);
    }

    @Override
    public void close() throws IOException {
        entrance.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (!entrance.isClosed()) {
            var client = entrance.accept();
            connections.incrementAndGet();
            var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            sockets.add(client);
            sockets.add(server);
            start(() -> pass(client, server, 0));
            start(() -> pass(server, client, 1));
        }
    }

    private void pass(Socket from, Socket to, int weight) throws IOException {
        var buffer = new byte[8192];
        try {
            for (var read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                if (left.addAndGet(-(long) weight * read) > 0) {
                    to.getOutputStream().write(buffer, 0, read);
                }
            }
        } finally {
            if (left.get() > 0) {
                from.close();
                to.close();
            }
        }
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
                "test-stalled-network");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Step {

        void run() throws IOException;
    }
}
