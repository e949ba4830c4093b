package dev.pgherd.devcluster.node;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What pg_isready does, which the bundled programs lack: is a server there that accepts connections? */
final class PostgresPing {

    private static final int PROTOCOL_3 = 3 << 16;
    private static final int LONGEST_ERROR = 1 << 16;
    private static final String CANNOT_CONNECT_NOW = "C57P03\0";

    private PostgresPing() {}

    static boolean accepts(String host, int port, Duration timeout) {
        var millis = (int) timeout.toMillis();
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(startupPacket());
            socket.getOutputStream().flush();
            return accepted(new DataInputStream(socket.getInputStream()));
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] startupPacket() throws IOException {
        var parameters = "user\0postgres\0database\0postgres\0\0".getBytes(StandardCharsets.UTF_8);
        var packet = new ByteArrayOutputStream();
        var out = new DataOutputStream(packet);
        out.writeInt(2 * Integer.BYTES + parameters.length);
        out.writeInt(PROTOCOL_3);
        out.write(parameters);
        return packet.toByteArray();
    }

    /** A request to authenticate, or any refusal but "starting up" and "shutting down". */
    private static boolean accepted(DataInputStream in) throws IOException {
        var type = in.readByte();
        if (type != 'E') {
            return type == 'R';
        }
        var length = in.readInt() - Integer.BYTES;
        if (length < 0 || length > LONGEST_ERROR) {
            return false;
        }
        var error = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return !error.contains(CANNOT_CONNECT_NOW);
    }
}
