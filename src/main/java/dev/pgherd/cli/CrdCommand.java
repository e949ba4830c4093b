package dev.pgherd.cli;

import dev.pgherd.api.CustomResourceDefinitions;
import dev.pgherd.api.DeletionProtection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pgherd crd}. */
@Command(
        name = "crd",
        description = "Prints the CustomResourceDefinition and its policy: pgherd crd | kubectl apply -f -")
final class CrdCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        out.print(CustomResourceDefinitions.postgresInstanceYaml());
        out.print(DeletionProtection.yaml());
        out.flush();
        return 0;
    }
}
