package dev.pgherd.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs from the npm registry in a directory of their own, with a Node that is new enough for them. */
public record NodePackages(Path home) {

    private static final String NODE = "node@22.23.3";
    private static final Duration ENOUGH = Duration.ofMinutes(5);

    /** Skips the test where npm cannot fetch them. */
    public static NodePackages install(String directory, String... packages) throws Exception {
        assumeTrue(onPath("npm"), "npm is not on the path");
        var installed = new NodePackages(Path.of("target", directory).toAbsolutePath());
        Files.createDirectories(installed.home);
        Files.writeString(installed.home.resolve("package.json"), "{\"private\": true}");
        var command = new ArrayList<>(
                List.of("npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--fetch-retries=1", NODE));
        command.addAll(List.of(packages));
        // In the directory, not with --prefix, which would hide the machine's own settings, such as its certificates.
        var ended = installed.run(command);
        assumeTrue(ended.status() == 0, () -> "npm cannot fetch them: " + ended.said());
        return installed;
    }

    /** The path of a program that a package brings along. */
    public String program(String name) {
        return home.resolve("node_modules/.bin").resolve(name).toString();
    }

    /** Runs it to its end. */
    public Ended run(List<String> command) throws Exception {
        var output = Files.createTempFile(home, "run", ".txt");
        var process = builder(command).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(ENOUGH.toSeconds(), TimeUnit.SECONDS))
                    .as("%s ends", command)
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), read(output));
    }

    /** To be started by the caller. */
    public ProcessBuilder builder(List<String> command) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(home.toFile());
        builder.environment()
                .merge("PATH", home.resolve("node_modules/.bin") + File.pathSeparator, (path, own) -> own + path);
        // The inspector would keep things below the user's home.
        builder.environment().put("MCP_STORAGE_DIR", home.resolve("storage").toString());
        return builder;
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } finally {
            Files.delete(file);
        }
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** How a program ended. */
    public record Ended(int status, String said) {}
}
