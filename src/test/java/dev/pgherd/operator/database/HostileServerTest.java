package dev.pgherd.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.Secrets;
import dev.pgherd.operator.status.DatabaseState;
import dev.pgherd.operator.status.ExternalState;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers whose every byte an attacker has chosen: whoever makes an instance chooses its image, or its host. */
class HostileServerTest {

    private static final int ENCRYPTION_REQUEST = 80877103;
    private static final int ENCRYPTION_REQUEST_GSS = 80877104;
    private static final int CLEARTEXT_PASSWORD = 3;
    private static final long ENDLESS = 128L << 20;
    private static final long PATIENCE_SECONDS = 60;

    private ServerSocket socket;

    /** What the server does once a client has named itself; answers what it has seen of the client. */
    @FunctionalInterface
    private interface Conduct {
        Object towards(DataInputStream in, DataOutputStream out) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws Exception {
        // Given
        var sent = serve(HostileServerTest::tellWithoutEnd);

        // When
        var state = ask();

        // Then
        assertThat(state)
                .isInstanceOfSatisfying(
                        ExternalState.Unreachable.class,
                        away -> assertThat(away.message()).contains("the server's answer is longer than"));
        assertThat((Long) sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isLessThan(ENDLESS);
    }

    @Test
    void alsoThatOfAnInstancesOwnImage() throws Exception {
        // Given
        var sent = serve(HostileServerTest::tellWithoutEnd);

        // When
        var state = reconcile();

        // Then
        assertThat(state).isInstanceOf(DatabaseState.Unreachable.class);
        assertThat((Long) sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isLessThan(ENDLESS);
    }

    @Test
    void theSuperusersPasswordIsNotToldToAServerThatAsksForIt() throws Exception {
        // Given
        var answer = serve(HostileServerTest::askForThePassword);

        // When
        var state = reconcile();

        // Then
        assertThat(state).isInstanceOf(DatabaseState.Unreachable.class);
        assertThat((String) answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).doesNotContain("password-of-it");
    }

    private ExternalState ask() {
        var external = Objects.requireNonNull(Given.spec(
                        "external: {host: 127.0.0.1, port: %d, database: postgres, credentialsSecret: {name: elsewhere}}"
                                .formatted(socket.getLocalPort()))
                .external());
        return ExternalServer.ask(
                external,
                Optional.of(new SecretBuilder()
                        .withNewMetadata()
                        .withName("elsewhere")
                        .endMetadata()
                        .addToData(Map.of("username", "dQ==", "password", "cA=="))
                        .build()));
    }

    private DatabaseState reconcile() {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        var instance = OperatedServer.instance("uid", "{}");
        return new InstanceDatabase((key, endpoint) -> address, newest -> true, Clock.systemUTC())
                .reconcile(instance, secrets(instance));
    }

    private static DatabaseSecrets secrets(PostgresInstance instance) {
        return new DatabaseSecrets(
                OperatedServer.versioned(Secrets.superuser(instance, Optional.empty(), () -> "password-of-it"), "1"),
                OperatedServer.versioned(Secrets.app(instance, Optional.empty(), () -> "other"), "1"),
                OperatedServer.versioned(Secrets.agent(instance, Optional.empty(), () -> "other"), "1"));
    }

    private CompletableFuture<Object> serve(Conduct conduct) {
        return CompletableFuture.supplyAsync(() -> {
            try (var client = socket.accept()) {
                var in = new DataInputStream(client.getInputStream());
                var out = new DataOutputStream(client.getOutputStream());
                greet(in, out);
                return conduct.towards(in, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void greet(DataInputStream in, DataOutputStream out) throws IOException {
        int code;
        do {
            code = ByteBuffer.wrap(in.readNBytes(in.readInt() - Integer.BYTES)).getInt();
            if (code == ENCRYPTION_REQUEST || code == ENCRYPTION_REQUEST_GSS) {
                out.write('N');
            }
        } while (code == ENCRYPTION_REQUEST || code == ENCRYPTION_REQUEST_GSS);
    }

    /** A parameter's name has no length; the bytes that were sent before the client hung up. */
    private static Object tellWithoutEnd(DataInputStream in, DataOutputStream out) throws IOException {
        out.write('R');
        out.writeInt(2 * Integer.BYTES);
        out.writeInt(0);
        out.write('S');
        out.writeInt(Integer.MAX_VALUE);
        var name = new byte[1 << 16];
        Arrays.fill(name, (byte) 'x');
        var sent = 0L;
        try {
            for (; sent < ENDLESS; sent += name.length) {
                out.write(name);
            }
        } catch (IOException e) {
            return sent;
        }
        return sent;
    }

    private static Object askForThePassword(DataInputStream in, DataOutputStream out) throws IOException {
        out.write('R');
        out.writeInt(2 * Integer.BYTES);
        out.writeInt(CLEARTEXT_PASSWORD);
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
}
