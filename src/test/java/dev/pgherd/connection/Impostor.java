package dev.pgherd.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server that encrypts as PostgreSQL does, and counts what it is told afterwards. */
final class Impostor implements AutoCloseable {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int REQUEST_BYTES = 8;

    private final ServerSocket entrance;
    private final SSLContext context;
    private final AtomicInteger handshakes = new AtomicInteger();
    private final AtomicInteger heard = new AtomicInteger();

    private Impostor(ServerSocket entrance, SSLContext context) {
        this.entrance = entrance;
        this.context = context;
    }

    /** With the key that a test's certificate has left in a directory. */
    static Impostor with(Path keys) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keys.resolve("server.p12"))) {
            store.load(in, PASSWORD);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var impostor = new Impostor(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), context);
        var thread = new Thread(impostor::listen, "test-impostor");
        thread.setDaemon(true);
        thread.start();
        return impostor;
    }

    int port() {
        return entrance.getLocalPort();
    }

    /** That were begun. */
    int handshakes() {
        return handshakes.get();
    }

    /** Bytes after the handshake. */
    int heard() {
        return heard.get();
    }

    @Override
    public void close() throws IOException {
        entrance.close();
    }

    private void listen() {
        while (!entrance.isClosed()) {
            try (var client = entrance.accept()) {
                answer(client);
            } catch (IOException e) {
                // The client has gone, as it should.
            }
        }
    }

    private void answer(Socket client) throws IOException {
        client.getInputStream().readNBytes(REQUEST_BYTES);
        client.getOutputStream().write('S');
        handshakes.incrementAndGet();
        try (var encrypted = (SSLSocket) context.getSocketFactory().createSocket(client, null, port(), true)) {
            encrypted.setUseClientMode(false);
            if (encrypted.getInputStream().read() >= 0) {
                heard.incrementAndGet();
            }
        }
    }
}
