package dev.pgherd.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pgherd completion}. */
@Command(
        name = "completion",
        description = "Prints what makes a shell complete commands: source <(pgherd completion bash)")
final class CompletionCommand implements Callable<Integer> {

    /** One script serves both. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    private Shell shell = Shell.BASH;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (shell == Shell.ZSH) {
            out.println("autoload -Uz compinit && compinit");
        }
        out.println(AutoComplete.bash("pgherd", spec.root().commandLine()));
        out.flush();
        return 0;
    }
}
