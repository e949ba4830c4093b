package dev.pgherd.load;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Another database's MCP server, as its makers say that it is started. */
record Peer(Process process, Endpoint endpoint) implements AutoCloseable {

    static final List<String> PACKAGES = List.of("@toolbox-sdk/server@1.12.0", "@bytebase/dbhub@1.4.0");

    static Peer toolbox(NodePackages packages, Database database, Path directory) throws IOException {
        var config = Files.writeString(directory.resolve("tools.yaml"), """
                sources:
                  bench:
                    kind: postgres
                    host: "%s"
                    port: %d
                    database: "%s"
                    user: "%s"
                    password: "%s"
                tools:
                  execute_sql:
                    kind: postgres-execute-sql
                    source: bench
                    description: Runs SQL.
                """.formatted(
                        database.host(), database.port(), database.name(), database.user(), database.password()));
        var program = packages.home().resolve("node_modules/@toolbox-sdk/server-linux-x64/bin/toolbox");
        var port = freePort();
        return start(
                "MCP Toolbox",
                packages,
                port,
                directory,
                List.of(
                        program.toString(),
                        "--config",
                        config.toString(),
                        "--port",
                        String.valueOf(port),
                        "--disable-version-check",
                        "--log-level",
                        "ERROR"));
    }

    static Peer dbHub(NodePackages packages, Database database, Path directory) throws IOException {
        var config = Files.writeString(directory.resolve("dbhub.toml"), """
                [[sources]]
                id = "bench"
                dsn = "%s"

                [[tools]]
                name = "execute_sql"
                source = "bench"
                readonly = true
                max_rows = 1000
                """.formatted(database.uri()));
        var port = freePort();
        return start(
                "DBHub",
                packages,
                port,
                directory,
                List.of(
                        packages.program("dbhub"),
                        "--transport",
                        "http",
                        "--port",
                        String.valueOf(port),
                        "--config",
                        config.toString()));
    }

    private static Peer start(String name, NodePackages packages, int port, Path directory, List<String> command)
            throws IOException {
        var output = directory.resolve(name + ".log");
        var process = packages.builder(command).redirectOutput(output.toFile()).start();
        var endpoint = new Endpoint(
                name, port, process.pid(), Dialect.SESSION, "execute_sql", sql -> "{\"sql\":\"" + sql + "\"}");
        await(name).atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            try (var caller = Caller.of(endpoint)) {
                return caller.ask("SELECT 1") > 0;
            }
        });
        return new Peer(process, endpoint);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
