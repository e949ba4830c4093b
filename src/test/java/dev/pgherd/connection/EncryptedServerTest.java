package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.connection.InstanceUnavailableException.Reason;
import dev.pgherd.devcluster.postgres.ServerCertificate;
import dev.pgherd.route.DirectAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that PgHerd does not run: each is who it says, or is told nothing. */
class EncryptedServerTest extends RegistryFixture {

    private ServerCertificate certificate;
    private ServerCertificate another;
    private Path keys;

    @BeforeAll
    void encrypt(@TempDir Path directory) throws Exception {
        keys = Files.createDirectory(directory.resolve("server"));
        certificate = ServerCertificate.create(keys);
        another = ServerCertificate.create(Files.createDirectory(directory.resolve("another")));
        database.encrypt(certificate);
        Awaitility.await().until(() -> database.ask("SHOW ssl").equals("on"));
    }

    @ParameterizedTest
    @CsvSource({"localhost, verify-full", "127.0.0.1, verify-ca", "127.0.0.1, require", "127.0.0.1, prefer"})
    void theConnectionIsEncrypted(String host, String sslMode) throws Exception {
        // Given
        var verified = sslMode.startsWith("verify");
        registry.put(elsewhere(
                host, database.port(), sslMode, verified ? Optional.of(certificate.certificate()) : Optional.empty()));

        // Then
        assertThat(text(Access.READ, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "verify-full"})
    void aServerWhoseCertificateSomebodyElseSignedIsNotUsed(String sslMode) {
        // Given
        registry.put(elsewhere("localhost", database.port(), sslMode, Optional.of(another.certificate())));

        // When
        var refused = unavailable(Access.READ);

        // Then
        assertThat(refused.reason()).isEqualTo(Reason.NOT_VERIFIED);
        assertThat(refused)
                .hasMessageContaining("the server's certificate is not trusted")
                .hasMessageContaining("ca.crt of the Secret");
        assertThat(registry.outage(KEY)).isEmpty();
    }

    @Test
    void withoutAuthoritiesOfItsOwnOnlyThoseOfJavaCount() {
        // Given
        registry.put(elsewhere("localhost", database.port(), "verify-full", Optional.empty()));

        // Then
        assertThat(unavailable(Access.READ).reason()).isEqualTo(Reason.NOT_VERIFIED);
    }

    @Test
    void aServerOfAnotherNameIsNotUsed() {
        // Given
        registry.put(elsewhere("127.0.0.1", database.port(), "verify-full", Optional.of(certificate.certificate())));

        // When
        var refused = unavailable(Access.READ);

        // Then
        assertThat(refused.reason()).isEqualTo(Reason.NOT_VERIFIED);
        assertThat(refused)
                .hasMessageContaining("the server's certificate is for another host")
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining("verify-ca");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, verify-full, false, false",
        "localhost, verify-ca, false, false",
        "127.0.0.1, verify-full, true, false",
        "127.0.0.1, verify-ca, true, true",
        "127.0.0.1, require, false, true"
    })
    void whoIsNotVerifiedHearsNothing(String host, String sslMode, boolean trusted, boolean heard) throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(2)));
        try (var impostor = Impostor.with(keys)) {
            var authorities = sslMode.equals("require")
                    ? Optional.<String>empty()
                    : Optional.of((trusted ? certificate : another).certificate());
            registry.put(elsewhere(host, impostor.port(), sslMode, authorities));

            // When
            unavailable(Access.READ);

            // Then
            assertThat(impostor.handshakes()).isPositive();
            assertThat(impostor.heard() > 0).isEqualTo(heard);
        }
    }

    @Test
    void aServerWithoutEncryptionIsNotUsedWhereItIsRequired() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(1)));
        database.asOwner("ALTER SYSTEM SET ssl = off", "SELECT pg_reload_conf()");
        try {
            Awaitility.await().until(() -> database.ask("SHOW ssl").equals("off"));
            registry.put(elsewhere("localhost", database.port(), "require", Optional.empty()));

            // Then
            assertThat(unavailable(Access.READ)).hasMessageContaining("does not support SSL");
        } finally {
            database.asOwner("ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()");
            Awaitility.await().until(() -> database.ask("SHOW ssl").equals("on"));
        }
    }

    private static Target elsewhere(String host, int port, String sslMode, Optional<String> authorities) {
        return new Target(
                KEY,
                new Endpoint(host, port, "postgres"),
                READER,
                READER,
                Optional.of(new DirectAccess(sslMode, authorities)),
                Optional.empty());
    }
}
