package dev.pgherd.cli;

import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.devcluster.DevCluster;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pgherd demo}: from nothing to an agent's query, in a directory of its own that is gone afterwards. */
@Command(name = "demo", description = "Shows the whole path, from nothing to an agent's query, and cleans up.")
final class DemoCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Logging.quiet();
        var narrator = new Narrator(spec.commandLine().getOut());
        narrator.line("PgHerd demo: no cluster, no Docker, real PostgreSQL.\n");
        try (var lifetime = new Lifetime().start()) {
            var directory = lifetime.own(TemporaryDirectory.create("pgherd-demo-"));
            new DemoStory(narrator, lifetime, open(narrator, lifetime, directory.path())).tell();
        }
        narrator.line(
                "\nAll of it in %s, and everything that was started is stopped again.".formatted(narrator.total()));
        narrator.line("Next: bin/pgherd dev does the same, stays up and keeps its data.");
        return 0;
    }

    private static Herd open(Narrator narrator, Lifetime lifetime, Path directory) throws Exception {
        var cluster = narrator.step("Start the embedded Kubernetes API and the PostgreSQL node", () -> {
            var devCluster = lifetime.own(
                    new DevCluster(directory, Directories.ofThisProcess().cache(), Clock.systemUTC()));
            devCluster.start(false, narrator::detail);
            return devCluster;
        });
        return narrator.step("Start the operator, the registry and the MCP endpoint", () -> {
            var route = lifetime.own(DevRoute.of(cluster));
            var herd = lifetime.own(
                    new Herd(cluster.client(), route, HttpConfig.defaults().withPort(0), McpConfig.from(Map.of())));
            herd.start();
            narrator.detail("MCP endpoint: " + herd.mcpUrl());
            return herd;
        });
    }
}
