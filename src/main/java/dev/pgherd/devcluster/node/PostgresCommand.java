package dev.pgherd.devcluster.node;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps a server within its pod's address: in a real pod "all addresses" are the pod's own. */
final class PostgresCommand {

    private static final String ALL_ADDRESSES = "listen_addresses=*";

    private PostgresCommand() {}

    /** Settings on the command line win over those in files, and later ones over earlier ones. */
    static List<String> within(List<String> command, PodAddress address, Path socketDirectory) {
        var bound = new ArrayList<String>();
        command.forEach(it -> bound.add(it.replace(ALL_ADDRESSES, "listen_addresses=" + address.ip())));
        if (!Path.of(command.get(0)).endsWith("postgres")) {
            return bound;
        }
        if (bound.stream().noneMatch(it -> it.contains("listen_addresses="))) {
            bound.addAll(List.of("-c", "listen_addresses=" + address.ip()));
        }
        if (bound.stream().noneMatch(it -> it.contains("unix_socket_directories=") || it.equals("-k"))) {
            bound.addAll(List.of("-c", "unix_socket_directories=" + socketDirectory));
        }
        address.replacedPort().ifPresent(port -> bound.addAll(List.of("-c", "port=" + port)));
        return bound;
    }
}
