package dev.pgherd.devcluster.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real, throw-away PostgreSQL for tests: scram only, on a free loopback port, gone after close. */
public final class PostgresServer implements AutoCloseable {

    private static final Path CACHE = Path.of("target", "postgresql").toAbsolutePath();

    private final Path directory;
    private Process process;
    private final int port;
    private final String superuserPassword;

    private PostgresServer(Path directory, Process process, int port, String superuserPassword) {
        this.directory = directory;
        this.process = process;
        this.port = port;
        this.superuserPassword = superuserPassword;
    }

    /** The programs, unpacked once for all tests of the build. */
    public static PostgresBinaries binaries() {
        return PostgresBinaries.install(CACHE, message -> {});
    }

    public static PostgresServer start() {
        var binaries = binaries();
        try {
            var directory = Files.createTempDirectory("pgherd-test-");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            var unprivileged = Unprivileged.detect(List.of(binaries.bin(), directory));
            var password = UUID.randomUUID().toString();
            var data = initialise(directory, password, binaries, unprivileged);
            var port = freePort();
            var server =
                    new PostgresServer(directory, run(directory, data, port, binaries, unprivileged), port, password);
            server.awaitLogin();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public String superuserPassword() {
        return superuserPassword;
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    public Connection connect(String user, String password, String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), user, password);
    }

    /** Fast shutdown, then everything is deleted. */
    @Override
    public void close() {
        stop();
        try {
            FileTree.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts again what was stopped, on the same port and with the same data. */
    public void startAgain() {
        var binaries = binaries();
        var data = directory.resolve("data");
        try {
            process = run(directory, data, port, binaries, Unprivileged.detect(List.of(binaries.bin(), directory)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitLogin();
    }

    /** Fast shutdown: sessions are ended. */
    public void stop() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Path initialise(
            Path directory, String password, PostgresBinaries binaries, Unprivileged unprivileged) throws IOException {
        var data = Files.createDirectory(directory.resolve("data"));
        var passwordFile = Files.writeString(directory.resolve("password"), password);
        unprivileged.own(data);
        var initdb = new ProcessBuilder(unprivileged.wrap(List.of(
                        binaries.bin().resolve("initdb").toString(),
                        "--pgdata=" + data,
                        "--no-sync",
                        "--username=postgres",
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--pwfile=" + passwordFile)))
                .redirectErrorStream(true)
                .start();
        var output = new String(initdb.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (initdb.onExit().join().exitValue() != 0) {
            throw new IOException("initdb failed: " + output);
        }
        return data;
    }

    private static Process run(
            Path directory, Path data, int port, PostgresBinaries binaries, Unprivileged unprivileged)
            throws IOException {
        return new ProcessBuilder(unprivileged.wrap(List.of(
                        binaries.bin().resolve("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=off")))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private void awaitLogin() {
        try {
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .pollInterval(20, TimeUnit.MILLISECONDS)
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .until(() -> {
                        if (!process.isAlive()) {
                            throw new IllegalStateException(
                                    "postgres ended: " + Files.readString(directory.resolve("log")));
                        }
                        connect("postgres", superuserPassword, "postgres").close();
                        return true;
                    });
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
