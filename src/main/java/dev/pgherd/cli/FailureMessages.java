package dev.pgherd.cli;

import dev.pgherd.cli.cluster.NoClusterException;
import dev.pgherd.config.InvalidSettingException;
import dev.pgherd.devcluster.DevClusterException;
import dev.pgherd.devcluster.postgres.BinariesUnavailableException;
import dev.pgherd.http.HttpStartException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says in a sentence why a command failed; what nobody foresaw goes to the log with its stack trace. */
final class FailureMessages implements IExecutionExceptionHandler {

    private static final Logger LOGGER = LoggerFactory.getLogger(FailureMessages.class);

    /** Their messages say what is wrong and what to do. */
    private static final List<Class<? extends Exception>> FORESEEN = List.of(
            InvalidSettingException.class,
            HttpStartException.class,
            DevClusterException.class,
            BinariesUnavailableException.class,
            NoClusterException.class,
            CommandFailedException.class);

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult result) {
        var message = chain(exception)
                .map(FailureMessages::sentence)
                .flatMap(Optional::stream)
                .findFirst();
        if (message.isEmpty()) {
            LOGGER.atError().setCause(exception).log("command failed");
        }
        command.getErr().println("pgherd: " + message.orElseGet(() -> "failed: " + exception));
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static Optional<String> sentence(Throwable throwable) {
        if (FORESEEN.stream().anyMatch(type -> type.isInstance(throwable))) {
            return Optional.ofNullable(throwable.getMessage());
        }
        if (throwable instanceof KubernetesClientException refused) {
            return Optional.of("the Kubernetes API does not answer as it should: " + refused.getMessage());
        }
        if (throwable instanceof OperatorException failed && failed.getCause() == null) {
            return Optional.of("the operator cannot start: " + failed.getMessage());
        }
        return Optional.empty();
    }

    private static Stream<Throwable> chain(Throwable throwable) {
        return Stream.iterate(throwable, t -> t != null, Throwable::getCause);
    }
}
