package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Carries out one probe of a container once. */
record ProbeCheck(Probe probe, Container container, ContainerPlan plan, Launcher launcher) {

    private static final int POSTGRES_PORT = 5432;

    /** A shell that only repeats pg_isready: this node repeats it itself. */
    private static final Pattern REPEATED =
            Pattern.compile("for \\w+ in [\\d ]+; do (pg_isready [^;&|$`]+) && exit; sleep [\\d.]+; done; exit 1");

    boolean succeeds() throws InterruptedException {
        if (probe.getExec() != null) {
            var command = plan.translate(command(probe));
            return isPgIsReady(command)
                    ? PostgresPing.accepts(host(command), port(command), timeout())
                    : launcher.succeeds(plan.invocation().with(command), timeout());
        }
        if (probe.getTcpSocket() != null) {
            return connects(probe.getTcpSocket().getPort());
        }
        return probe.getHttpGet() == null || connects(probe.getHttpGet().getPort());
    }

    /** Cheap checks can be repeated often while a container starts. */
    boolean startsAProgram() {
        return probe.getExec() != null && !isPgIsReady(command(probe));
    }

    static List<String> command(Probe probe) {
        var command = probe.getExec().getCommand();
        if (command.size() == 3 && command.subList(0, 2).equals(List.of("sh", "-c"))) {
            var repeated = REPEATED.matcher(command.get(2));
            return repeated.matches() ? List.of(repeated.group(1).split(" ")) : command;
        }
        return command;
    }

    private static boolean isPgIsReady(List<String> command) {
        return !command.isEmpty() && Path.of(command.get(0)).endsWith("pg_isready");
    }

    /** The pod's own network is its address: localhost, the wildcard and the Unix socket all mean it. */
    private String host(List<String> command) {
        var host = option(command, "-h", "--host", "localhost");
        var own =
                host.equals("localhost") || host.equals("127.0.0.1") || host.equals("0.0.0.0") || host.startsWith("/");
        return own ? plan.address().ip() : host;
    }

    private int port(List<String> command) {
        return plan.address().port(Integer.parseInt(option(command, "-p", "--port", Integer.toString(POSTGRES_PORT))));
    }

    private static String option(List<String> command, String brief, String full, String otherwise) {
        for (var i = 1; i < command.size(); i++) {
            var argument = command.get(i);
            if (argument.startsWith(full + "=")) {
                return argument.substring(full.length() + 1);
            }
            if ((argument.equals(brief) || argument.equals(full)) && i + 1 < command.size()) {
                return command.get(i + 1);
            }
        }
        return otherwise;
    }

    private boolean connects(IntOrString port) {
        var number = port.getStrVal() == null
                ? port.getIntVal()
                : container.getPorts().stream()
                        .filter(it -> port.getStrVal().equals(it.getName()))
                        .map(it -> it.getContainerPort())
                        .findFirst()
                        .orElse(POSTGRES_PORT);
        try (var socket = new Socket()) {
            var address = plan.address();
            socket.connect(new InetSocketAddress(address.ip(), address.port(number)), (int)
                    timeout().toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Duration timeout() {
        return Duration.ofSeconds(Objects.requireNonNullElse(probe.getTimeoutSeconds(), 1));
    }
}
