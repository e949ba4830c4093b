package dev.pgherd.operator.resource;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The ConfigMap of an instance: the server's configuration, who may log in, and how a data directory is made. */
public final class ConfigMaps {

    static final String CONFIGURATION = "postgresql.conf";
    static final String HOST_BASED_AUTHENTICATION = "pg_hba.conf";
    static final String BOOTSTRAP = "bootstrap.sh";
    static final String DUMP = "dump.sh";
    static final String UPGRADE = "upgrade.sh";

    private ConfigMaps() {}

    public static ConfigMap config(PostgresInstance instance) {
        return new ConfigMapBuilder()
                .withMetadata(
                        ChildMetadata.owned(instance, InstanceNames.of(instance).configMap(), "configuration"))
                .addToData(BOOTSTRAP, text(BOOTSTRAP))
                .addToData(DUMP, text(DUMP))
                .addToData(HOST_BASED_AUTHENTICATION, text(HOST_BASED_AUTHENTICATION))
                .addToData(UPGRADE, text(UPGRADE))
                .addToData(
                        CONFIGURATION,
                        PostgresqlConf.of(instance.wish().postgresql()).text())
                .build();
    }

    private static String text(String resource) {
        try (var stream = Objects.requireNonNull(ConfigMaps.class.getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("while reading " + resource + " from the program", e);
        }
    }
}
