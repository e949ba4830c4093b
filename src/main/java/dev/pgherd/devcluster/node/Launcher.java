package dev.pgherd.devcluster.node;

import dev.pgherd.devcluster.postgres.Unprivileged;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Starts programs of containers: unprivileged, marked as ours, out of reach of the terminal's Ctrl-C. */
record Launcher(Unprivileged unprivileged, String mark) {

    private static final String LOCALE = "C.UTF-8";

    Process start(Invocation invocation, Path log) throws IOException {
        var builder = new ProcessBuilder(command(invocation))
                .directory(invocation.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        var environment = builder.environment();
        var path = invocation.programs() + File.pathSeparator + Objects.requireNonNullElse(environment.get("PATH"), "");
        environment.clear();
        environment.put("PATH", path);
        environment.put("LANG", LOCALE);
        environment.put("LC_ALL", LOCALE);
        environment.put("HOME", invocation.directory().toString());
        environment.putAll(invocation.environment());
        environment.put(OwnProcesses.MARK, mark);
        environment.put(OwnProcesses.POD_MARK, invocation.podUid());
        return builder.start();
    }

    /** Runs a probe or a hook; true if it ended in time and well. */
    boolean succeeds(Invocation invocation, Duration timeout) throws InterruptedException {
        try {
            var process = start(invocation, Path.of("/dev/null"));
            if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** Java looks programs up in its own PATH, not in the child's: PostgreSQL's are named in full. */
    private List<String> command(Invocation invocation) {
        var resolved = new ArrayList<>(invocation.command());
        var program = invocation.programs().resolve(resolved.get(0));
        if (!resolved.get(0).contains("/") && Files.isExecutable(program)) {
            resolved.set(0, program.toString());
        }
        var all = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            all.add("/usr/bin/setsid");
        }
        all.addAll(unprivileged.wrap(resolved));
        return all;
    }

    /**
     * A program with all that it sees.
     *
     * @param programs the directory of PostgreSQL's own, which comes first on its path
     */
    record Invocation(
            String podUid, List<String> command, Map<String, String> environment, Path directory, Path programs) {

        Invocation {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        Invocation with(String... other) {
            return with(Arrays.asList(other));
        }

        Invocation with(List<String> other) {
            return new Invocation(podUid, other, environment, directory, programs);
        }
    }
}
