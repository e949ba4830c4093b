package dev.pgherd.operator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.External;
import dev.pgherd.devcluster.postgres.PostgresServer;
import dev.pgherd.devcluster.postgres.ServerCertificate;
import dev.pgherd.operator.status.ExternalState;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalServerTest {

    private static PostgresServer server;
    private static ServerCertificate certificate;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        server = PostgresServer.start();
        certificate = ServerCertificate.create(directory);
        run("CREATE ROLE plain LOGIN PASSWORD 'secret'");
        try (var superuser = superuser()) {
            certificate.install(superuser);
        }
        await().until(() -> ask("localhost", "require", Map.of()) instanceof ExternalState.Reached);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tellsTheVersionOfAServerThatLetsItIn() {
        assertThat(ask("127.0.0.1", "prefer", Map.of()))
                .isInstanceOfSatisfying(ExternalState.Reached.class, reached -> {
                    assertThat(reached.version()).startsWith("17.");
                    assertThat(reached.advice()).isEmpty();
                });
    }

    @Test
    void warnsOfASuperuser() {
        var superuser = Map.of("username", "postgres", "password", server.superuserPassword());

        assertThat(ask("127.0.0.1", "prefer", superuser))
                .isInstanceOfSatisfying(
                        ExternalState.Reached.class,
                        reached -> assertThat(reached.advice()).contains("superuser"));
    }

    @Test
    void namesTheSecretThatIsMissingOrIncompleteOrWrong() {
        assertThat(ExternalServer.ask(external("127.0.0.1", server.port(), "prefer"), Optional.empty()))
                .isInstanceOfSatisfying(
                        ExternalState.SecretInvalid.class,
                        invalid ->
                                assertThat(invalid.message()).contains("no Secret elsewhere", "username", "password"));
        assertThat(ask("127.0.0.1", "prefer", Map.of("password", "")))
                .isInstanceOfSatisfying(
                        ExternalState.SecretInvalid.class,
                        invalid -> assertThat(invalid.message()).contains("Secret elsewhere needs"));
        assertThat(ask("127.0.0.1", "prefer", Map.of("password", "hunter2")))
                .isInstanceOfSatisfying(
                        ExternalState.SecretInvalid.class,
                        invalid -> assertThat(invalid.message())
                                .contains("Secret elsewhere", "plain")
                                .doesNotContain("hunter2"));
    }

    @Test
    void tellsWhatTheDriverSaysOfAServerThatIsAway() throws Exception {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(ExternalServer.ask(external("127.0.0.1", free, "prefer"), Optional.of(secret(Map.of()))))
                .isInstanceOfSatisfying(
                        ExternalState.Unreachable.class,
                        away -> assertThat(away.message()).contains("refused"));
    }

    @Test
    void saysThatTheHostHasNoAddress() {
        assertThat(ExternalServer.ask(external("no-such-host.invalid", 5432, "prefer"), Optional.of(secret(Map.of()))))
                .isInstanceOfSatisfying(
                        ExternalState.Unreachable.class,
                        away -> assertThat(away.message()).contains("no address is known", "spec.external.host"));
    }

    @ParameterizedTest
    @CsvSource({"app.kubernetes.io/managed-by, pgherd", "pgherd.dev/instance, shop"})
    void refusesPgHerdsOwnSecretsHoweverWellTheyFit(String label, String value) {
        var own = new SecretBuilder(secret(Map.of()))
                .editMetadata()
                .addToLabels(label, value)
                .endMetadata()
                .build();

        assertThat(ExternalServer.ask(external("127.0.0.1", server.port(), "prefer"), Optional.of(own)))
                .isInstanceOfSatisfying(
                        ExternalState.SecretInvalid.class,
                        invalid -> assertThat(invalid.message())
                                .contains("Secret elsewhere", "PgHerd's own", "name one of yours"));
    }

    @Test
    void verifiesTheServerWhereItIsAskedTo() {
        var trusted = Map.of("ca.crt", certificate.certificate());

        assertThat(ask("localhost", "verify-full", trusted)).isInstanceOf(ExternalState.Reached.class);
        assertThat(ask("127.0.0.1", "verify-ca", trusted)).isInstanceOf(ExternalState.Reached.class);
        assertThat(ask("127.0.0.1", "verify-full", trusted))
                .isInstanceOfSatisfying(
                        ExternalState.Unreachable.class,
                        away -> assertThat(away.message()).contains("127.0.0.1", "could not be verified"));
        assertThat(ask("localhost", "verify-full", Map.of()))
                .isInstanceOfSatisfying(
                        ExternalState.Unreachable.class,
                        away -> assertThat(away.message()).contains("unable to find valid certification path"));
        assertThat(ask("localhost", "verify-full", Map.of("ca.crt", "nonsense")))
                .isInstanceOf(ExternalState.Unreachable.class);
    }

    @Test
    void sendsThePasswordItselfToNobodyWhoMayBeSomebodyElse() throws Exception {
        // Given: a server that asks for the password itself
        run("COPY (SELECT 'host all all all password') TO PROGRAM 'cat > pg_hba.conf'");
        run("SELECT pg_reload_conf()");
        try {
            // Then
            await().untilAsserted(() -> assertThat(ask("localhost", "disable", Map.of()))
                    .isInstanceOfSatisfying(
                            ExternalState.Unreachable.class,
                            away -> assertThat(away.message()).contains("the server asks for the password itself")));
            assertThat(ask("localhost", "prefer", Map.of())).isInstanceOf(ExternalState.Unreachable.class);
            assertThat(ask("localhost", "require", Map.of())).isInstanceOf(ExternalState.Reached.class);
        } finally {
            run("COPY (SELECT 'host all all all scram-sha-256') TO PROGRAM 'cat > pg_hba.conf'");
            run("SELECT pg_reload_conf()");
        }
    }

    private static ExternalState ask(String host, String sslMode, Map<String, String> keys) {
        return ExternalServer.ask(external(host, server.port(), sslMode), Optional.of(secret(keys)));
    }

    private static External external(String host, int port, String sslMode) {
        return Objects.requireNonNull(Given.spec(
                        "external: {host: %s, port: %d, database: postgres, sslMode: %s, credentialsSecret: {name: elsewhere}}"
                                .formatted(host, port, sslMode))
                .external());
    }

    private static Secret secret(Map<String, String> keys) {
        var secret = new SecretBuilder()
                .withNewMetadata()
                .withName("elsewhere")
                .endMetadata()
                .addToData("username", base64("plain"))
                .addToData("password", base64("secret"));
        keys.forEach((key, value) -> secret.addToData(key, base64(value)));
        return secret.build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void run(String sql) throws SQLException {
        try (var connection = superuser();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static java.sql.Connection superuser() throws SQLException {
        return server.connect("postgres", server.superuserPassword(), "postgres");
    }
}
