package dev.pgherd.devcluster.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A cluster in a JVM of its own, to be killed. */
final class ClusterProcess {

    private static final String READY = "shop is ready";

    private ClusterProcess() {}

    public static void main(String[] arguments) throws IOException {
        var cluster = RunningCluster.on(Path.of(arguments[0]));
        cluster.applyAndAwaitReady();
        System.out.println(READY);
        System.in.read();
        cluster.close();
    }

    /** Returns when the instance is ready. */
    static Process startOn(Path directory) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:+UseSerialGC",
                        ClusterProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = output.readLine(); !READY.equals(line); line = output.readLine()) {
            if (line == null) {
                throw new IOException("the cluster's process ended");
            }
        }
        return process;
    }
}
