package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The program as a process of its own, as a user starts it. */
public final class Program implements AutoCloseable {

    private static final Pattern FLAG = Pattern.compile("<jvmFlag>(.+?)</jvmFlag>");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path output;

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    public static Program start(Path workingDirectory, String... arguments) throws IOException {
        return start(workingDirectory, Map.of(), arguments);
    }

    /** With these environment variables added to the test's own, and the flags with which Maven runs it for a user. */
    public static Program start(Path workingDirectory, Map<String, String> environment, String... arguments)
            throws IOException {
        return start(
                workingDirectory, environment, command(Files.readAllLines(Path.of(".mvn", "jvm.config")), arguments));
    }

    /** With the flags of the container image, which are for servers that stay, and with its class path where there is one. */
    public static Program startAsInImage(Path workingDirectory, Map<String, String> environment, String... arguments)
            throws IOException {
        var flags = FLAG.matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map(flag -> flag.group(1))
                .toList();
        assertThat(flags).isNotEmpty();
        return start(workingDirectory, environment, command(flags, imageClassPath(), arguments));
    }

    /** The libraries of tests would take part of the memory. */
    private static String imageClassPath() {
        var built = Path.of("target").toAbsolutePath();
        return Files.isDirectory(built.resolve("lib"))
                ? built.resolve("classes")
                        + File.pathSeparator
                        + built.resolve("lib").resolve("*")
                : System.getProperty("java.class.path");
    }

    private static Program start(Path workingDirectory, Map<String, String> environment, List<String> command)
            throws IOException {
        var output = Files.createTempFile(workingDirectory, "output-", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new Program(builder.start(), output);
    }

    /** For whoever starts it otherwise. */
    static List<String> command(List<String> flags, String... arguments) {
        return command(flags, System.getProperty("java.class.path"), arguments);
    }

    private static List<String> command(List<String> flags, String classPath, String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var program = Stream.of("-cp", classPath, "dev.pgherd.cli.Main");
        return Stream.of(Stream.of(java), flags.stream(), program, Stream.of(arguments))
                .flatMap(part -> part)
                .toList();
    }

    /** The first group of a pattern in what the program prints, once it is there. */
    public String awaitOutput(String pattern) {
        var compiled = Pattern.compile(pattern);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            assertThat(process.isAlive() || compiled.matcher(output()).find())
                    .describedAs("the program ended: %s", output())
                    .isTrue();
            return compiled.matcher(output()).find();
        });
        var matcher = compiled.matcher(output());
        assertThat(matcher.find()).isTrue();
        return matcher.group(matcher.groupCount());
    }

    public int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .describedAs("the program goes on: %s", output())
                .isTrue();
        return process.exitValue();
    }

    /** As Ctrl-C does. */
    public int interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
        return awaitExit();
    }

    /** As a crash of the machine's memory killer does: nothing can be tidied up. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitExit();
    }

    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** The servers that have their data below a directory. */
    public static List<ProcessHandle> serversBelow(Path directory) {
        return ProcessHandle.allProcesses()
                .filter(candidate -> candidate.info().arguments().stream()
                        .flatMap(Stream::of)
                        .anyMatch(argument -> argument.contains(directory.toString())))
                .filter(candidate -> candidate.info().command().orElse("").endsWith("postgres"))
                .toList();
    }

    @Override
    public void close() throws IOException {
        try {
            if (process.isAlive()) {
                interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
