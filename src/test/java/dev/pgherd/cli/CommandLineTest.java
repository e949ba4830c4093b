package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @ParameterizedTest
    @CsvSource({
        "instances drop shop, --confirm=NAME",
        "postgres drop shop, --confirm=NAME",
        "instances get, INSTANCE",
        "instances list --output xml, 'TABLE, JSON, YAML'",
        "instances list --output csv, csv is for rows",
        "instances list --nope, Unknown option",
        "instances query shop, SQL",
        "completion fish, bash",
        "instance list, Did you mean: pgherd instances"
    })
    void aWrongCommandLineIsTwoAndNamesWhatIsWrong(String line, String named) {
        var run = CommandLineRun.of(line.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(named);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aClusterThatIsNotThereIsOneAndSaysWhatToDo(@TempDir Path directory) {
        var run = CommandLineRun.of("instances", "list", "--data-dir", directory.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("pgherd: no pgherd dev runs on").doesNotContain("\tat ");
    }

    @Test
    void anApiThatRefusesConnectionsIsNamedAndNotAskedAgain(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
                users: [{name: u, user: {}}]
                contexts: [{name: c, context: {cluster: c, user: u}}]
                current-context: c
                """);

        var run = CommandLineRun.of("instances", "list", "--kubeconfig", file.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("at http://127.0.0.1:1/ cannot be reached", "pgherd dev");
    }

    @Test
    void whatIsWrongIsALineAndNotTheWholeUsage() {
        assertThat(CommandLineRun.of("instances", "list", "--nope").err())
                .contains("'--nope'", "See pgherd instances list --help")
                .doesNotContain("Usage:");
        assertThat(CommandLineRun.of("instances", "create", "--set", "foo").err())
                .contains("--set")
                .doesNotContain("option option");
        assertThat(CommandLineRun.of("foo").err()).contains("'foo'").doesNotContain("at index");
    }

    @Test
    void helpTellsTheExitCodes() {
        assertThat(CommandLineRun.of("--help").out())
                .contains("instances", "mcp", "Exit codes:", "2   the command line");
    }

    @Test
    void shellsTakeTheirCompletions() throws Exception {
        var script = CommandLineRun.of("completion", "bash");
        var bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var input = bash.outputWriter()) {
            input.write(script.out());
        }

        assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
        assertThat(script.out()).contains("hibernate", "--data-dir");
        assertThat(script.out()).contains("Hibernated", "Retain", "\"zsh\"").doesNotContain("\"BASH\"");
        assertThat(CommandLineRun.of("completion", "zsh").out()).startsWith("autoload -Uz compinit");
    }
}
