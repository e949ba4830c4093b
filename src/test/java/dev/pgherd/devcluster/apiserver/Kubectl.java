package dev.pgherd.devcluster.apiserver;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The kubectl of this machine, bound to one server. */
record Kubectl(Path program, Path kubeconfig, Path directory) {

    static final String NAMESPACE = "pgherd-twin";

    private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|(\\S+)");
    private static final List<String[]> VOLATILE = List.of(
            new String[] {"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UID"},
            new String[] {"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "TIME"},
            new String[] {"((resourceVersion|Resource Version)\"?: *\"?)\\d+", "$1VERSION"},
            new String[] {"\\b\\d{1,3}(\\.\\d{1,3}){3}\\b", "ADDRESS"},
            new String[] {"\\b(\\d+[smhd]){1,2}\\b", "AGE"},
            new String[] {"\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d+ [+]\\d{4}", "TIME"},
            new String[] {"Invalid value: \"\\{.*}\":", "Invalid value: OBJECT:"},
            new String[] {"/tmp/\\S+", "FILE"},
            new String[] {"[ \\t]+", " "});

    /** What a command printed and how it ended. */
    record Answer(int exitCode, String output) {

        /** The answer without what differs from run to run. */
        Answer normalised() {
            var text = output;
            for (var replacement : VOLATILE) {
                text = text.replaceAll(replacement[0], replacement[1]);
            }
            return new Answer(exitCode, text.strip());
        }
    }

    static Optional<Path> find() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "kubectl"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Answer run(String arguments) throws Exception {
        var output = Files.createTempFile(directory, "output", ".txt");
        var process = process(arguments).redirectOutput(output.toFile()).start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        var answer = new Answer(process.waitFor(), Files.readString(output));
        Files.delete(output);
        return answer;
    }

    Process start(String arguments) throws IOException {
        return process(arguments).start();
    }

    private ProcessBuilder process(String arguments) {
        var command = new ArrayList<>(List.of(program.toString(), "--namespace", NAMESPACE));
        var matcher = ARGUMENT.matcher(arguments);
        while (matcher.find()) {
            command.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("HOME", directory.toString());
        return builder;
    }

    /** Copies the documents of the script to where the commands find them. */
    static void copyDocuments(Path directory) throws Exception {
        var source =
                Path.of(Kubectl.class.getResource("kubectl/script.txt").toURI()).getParent();
        try (var files = Files.list(source)) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.copy(file, directory.resolve(file.getFileName().toString()));
            }
        }
    }

    static List<String[]> script() throws IOException {
        try (var script = Kubectl.class.getResourceAsStream("kubectl/script.txt")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\|(?: |$)", 3))
                    .toList();
        }
    }
}
