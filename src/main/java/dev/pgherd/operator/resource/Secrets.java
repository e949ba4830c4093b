package dev.pgherd.operator.resource;

import dev.pgherd.api.AgentSecret;
import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.DeletionPolicy;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The Secrets of an instance. A password that is there already stays: the Secret is the truth, so that a person can
 * edit it and a kept volume finds its old one again.
 */
public final class Secrets {

    public static final String USERNAME = "username";
    public static final String PASSWORD = "password";
    public static final String SUPERUSER = "postgres";
    public static final String READER = "pgherd_reader";
    public static final String WRITER = "pgherd_writer";

    private Secrets() {}

    /** The superuser's; for the operator only. */
    public static Secret superuser(PostgresInstance instance, Optional<Secret> present, Supplier<String> generator) {
        var values = new LinkedHashMap<String, String>();
        values.put(USERNAME, SUPERUSER);
        values.put(PASSWORD, keep(present, PASSWORD, generator));
        return secret(
                instance,
                InstanceNames.of(instance).superuserSecret(),
                "superuser-credentials",
                "kubernetes.io/basic-auth",
                values);
    }

    /** The agents' login roles; for the programs that run their statements. */
    public static Secret agent(PostgresInstance instance, Optional<Secret> present, Supplier<String> generator) {
        var values = new LinkedHashMap<String, String>();
        values.put(AgentSecret.READER_USERNAME, READER);
        values.put(AgentSecret.READER_PASSWORD, keep(present, AgentSecret.READER_PASSWORD, generator));
        values.put(AgentSecret.WRITER_USERNAME, WRITER);
        values.put(AgentSecret.WRITER_PASSWORD, keep(present, AgentSecret.WRITER_PASSWORD, generator));
        return secret(instance, InstanceNames.of(instance).agentSecret(), Labels.AGENT_CREDENTIALS, "Opaque", values);
    }

    /** The application's: everything that it needs to connect, in the words of several conventions. */
    public static Secret app(PostgresInstance instance, Optional<Secret> present, Supplier<String> generator) {
        var initdb = instance.wish().initdb();
        var values = ConnectionKeys.of(
                Endpoints.host(instance), initdb.database(), initdb.owner(), keep(present, PASSWORD, generator));
        return secret(
                instance,
                InstanceNames.of(instance).appSecret(),
                "app-credentials",
                "servicebinding.io/postgresql",
                values);
    }

    /** The decoded value of a key; empty when it is not there or empty. */
    public static Optional<String> value(Secret secret, String key) {
        return Optional.ofNullable(secret.getData())
                .map(data -> data.get(key))
                .map(encoded -> new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8))
                .filter(value -> !value.isEmpty());
    }

    private static String keep(Optional<Secret> present, String key, Supplier<String> generator) {
        return present.flatMap(secret -> value(secret, key)).orElseGet(generator);
    }

    private static Secret secret(
            PostgresInstance instance, String name, String component, String type, Map<String, String> values) {
        var kept = instance.wish().deletionPolicy() == DeletionPolicy.Retain;
        var encoded = new LinkedHashMap<String, String>();
        values.forEach((key, value) ->
                encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withMetadata(
                        kept
                                ? ChildMetadata.free(instance, name, component)
                                : ChildMetadata.owned(instance, name, component))
                .withType(type)
                .withData(encoded)
                .build();
    }
}
