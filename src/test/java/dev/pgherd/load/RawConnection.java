package dev.pgherd.load;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** A connection that is kept for many requests, one after the other; it costs its process as little as it can. */
public final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final byte[] buffer = new byte[32 * 1024];
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private String head = "";
    private int position;
    private int end;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    /** To a port of this machine. */
    public static RawConnection open(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new RawConnection(socket);
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends a request, reads the whole answer and returns its status. */
    public int exchange(byte[] request) throws IOException {
        send(request);
        var status = readHead();
        body.reset();
        var length = header("Content-Length");
        if (length.isPresent()) {
            take(Integer.parseInt(length.get()));
        } else if (header("Transfer-Encoding").isPresent()) {
            takeChunks();
        }
        return status;
    }

    /** The status of an answer of which no more is read than its head. */
    public int readHead() throws IOException {
        var lines = new StringBuilder();
        for (var line = line(); !line.isEmpty(); line = line()) {
            lines.append(line).append('\n');
        }
        head = lines.toString();
        return Integer.parseInt(head.substring(9, 12));
    }

    /** Of the last answer. */
    public Optional<String> header(String name) {
        var sought = name.toLowerCase(Locale.ROOT) + ":";
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(sought))
                .map(line -> line.substring(sought.length()).strip())
                .findFirst();
    }

    /** Of the last answer. */
    public String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    /** Of the last answer. */
    public int bodyBytes() {
        return body.size();
    }

    /** Gone without a word, as when a program crashes. */
    public void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void takeChunks() throws IOException {
        for (var size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            take(size);
            line();
        }
        line();
    }

    private void take(int length) throws IOException {
        var left = length;
        while (left > 0) {
            fill();
            var part = Math.min(left, end - position);
            body.write(buffer, position, part);
            position += part;
            left -= part;
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        while (true) {
            fill();
            var next = buffer[position++];
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
    }

    private void fill() throws IOException {
        if (position == end) {
            position = 0;
            end = socket.getInputStream().read(buffer);
            if (end < 0) {
                end = 0;
                throw new EOFException("the server closed the connection");
            }
        }
    }
}
