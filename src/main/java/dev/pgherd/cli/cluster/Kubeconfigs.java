package dev.pgherd.cli.cluster;

import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the kubeconfig that is meant: the one that is named, that of the environment, that of a {@code pgherd dev} which
 * runs here, else the user's.
 */
record Kubeconfigs(Map<String, String> environment, Path here) {

    private static final String USUAL_DIRECTORY = ".pgherd";
    private static final int PATIENCE_MILLIS = 2_000;

    Config find(@Nullable Path named, @Nullable Path directory, @Nullable String context) {
        if (named != null) {
            return read(named, context);
        }
        if (directory != null) {
            return running(directory, context);
        }
        var usual = kubeconfig(here.resolve(USUAL_DIRECTORY));
        if (environment.getOrDefault("KUBECONFIG", "").isBlank() && Files.isReadable(usual)) {
            var dev = read(usual, null);
            if (answers(dev) && context == null) {
                return dev;
            }
        }
        return usersOwn(context);
    }

    private Config usersOwn(@Nullable String context) {
        refuseMissing();
        refuseNone();
        var config = context == null ? Config.autoConfigure(null) : Config.autoConfigure(context);
        var found = config.getCurrentContext();
        if (context != null && (found == null || !context.equals(found.getName()))) {
            throw new NoClusterException(
                    "there is no context '%s' in the current kubeconfig; kubectl config get-contexts shows those that there are"
                            .formatted(context));
        }
        return config;
    }

    /** Without one the client would ask for a host that only a pod can find. */
    private void refuseNone() {
        var named = Stream.of("KUBECONFIG", "KUBERNETES_MASTER", "KUBERNETES_SERVICE_HOST")
                .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
        var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        var usual = Path.of(home, ".kube", "config");
        if (!named && !Files.isReadable(usual)) {
            throw new NoClusterException(
                    "there is no cluster: KUBECONFIG is not set, no pgherd dev runs in this directory, and there is no %s. Start pgherd dev, name the directory of one with --data-dir, or a kubeconfig with --kubeconfig"
                            .formatted(usual));
        }
    }

    /** Of several it is enough that one is there. */
    private void refuseMissing() {
        var named = environment.getOrDefault("KUBECONFIG", "");
        if (!named.isBlank()
                && Arrays.stream(named.split(File.pathSeparator, -1))
                        .noneMatch(file -> Files.isReadable(Path.of(file)))) {
            throw new NoClusterException(
                    "KUBECONFIG names %s, which cannot be read; name another with --kubeconfig, or the directory of a pgherd dev with --data-dir"
                            .formatted(named));
        }
    }

    private static Config running(Path directory, @Nullable String context) {
        var file = kubeconfig(directory);
        if (Files.isReadable(file)) {
            var config = read(file, context);
            if (answers(config)) {
                return config;
            }
        }
        throw new NoClusterException("no pgherd dev runs on the directory %s; start it with pgherd dev --data-dir %s"
                .formatted(directory, directory));
    }

    private static Config read(Path file, @Nullable String context) {
        if (!Files.isReadable(file)) {
            throw new NoClusterException(
                    "the kubeconfig %s cannot be read; name another with --kubeconfig".formatted(file));
        }
        var config = parse(file, context);
        var found = config.getCurrentContext();
        if (found == null || (context != null && !context.equals(found.getName()))) {
            throw new NoClusterException(
                    context == null
                            ? "the kubeconfig %s names no current context; choose one with --context".formatted(file)
                            : "the kubeconfig %s has no context '%s'".formatted(file, context));
        }
        return config;
    }

    private static Config parse(Path file, @Nullable String context) {
        try {
            return Config.fromKubeconfig(context, file.toFile());
        } catch (RuntimeException e) {
            throw new NoClusterException("the file %s is no kubeconfig".formatted(file));
        }
    }

    private static Path kubeconfig(Path directory) {
        return directory.resolve("kubeconfig");
    }

    /** A file of a dev that has ended is still there. */
    private static boolean answers(Config config) {
        var server = URI.create(config.getMasterUrl());
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
