package dev.pgherd.operator.database;

import dev.pgherd.api.ExternalSecret;
import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.External;
import dev.pgherd.operator.resource.Secrets;
import dev.pgherd.operator.status.ExternalState;
import dev.pgherd.route.BoundedAnswers;
import dev.pgherd.route.ConnectProblem;
import dev.pgherd.route.DirectAccess;
import io.fabric8.kubernetes.api.model.Secret;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** Logs in to a server that PgHerd does not run, once and briefly, and tells what was found. It changes nothing. */
public final class ExternalServer {

    private static final String SUPERUSER = "the Secret's user is a superuser: only the read-only transaction keeps"
            + " an agent's query from writing, and nothing keeps execute from anything; give it a user with less";

    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 10;
    private static final long ANSWER_BYTES = 1L << 20;

    private ExternalServer() {}

    public static ExternalState ask(External server, Optional<Secret> secret) {
        var name = server.credentialsSecret().name();
        if (secret.isEmpty()) {
            return new ExternalState.SecretInvalid(
                    "there is no Secret %s in this namespace; create it with the keys %s and %s"
                            .formatted(name, ExternalSecret.USERNAME, ExternalSecret.PASSWORD));
        }
        if (secret.filter(Labels::ofPgHerd).isPresent()) {
            return new ExternalState.SecretInvalid(
                    "Secret %s is one of PgHerd's own (label %s or %s), which are for its instances alone; name one of yours with the keys %s and %s"
                            .formatted(
                                    name,
                                    Labels.MANAGED_BY,
                                    Labels.INSTANCE,
                                    ExternalSecret.USERNAME,
                                    ExternalSecret.PASSWORD));
        }
        var username = secret.flatMap(s -> Secrets.value(s, ExternalSecret.USERNAME));
        var password = secret.flatMap(s -> Secrets.value(s, ExternalSecret.PASSWORD));
        if (username.isEmpty() || password.isEmpty()) {
            return new ExternalState.SecretInvalid("Secret %s needs values for the keys %s and %s"
                    .formatted(name, ExternalSecret.USERNAME, ExternalSecret.PASSWORD));
        }
        var source = source(server, secret.flatMap(s -> Secrets.value(s, ExternalSecret.AUTHORITIES)));
        source.setUser(username.get());
        source.setPassword(password.get());
        return ask(source, name);
    }

    private static PGSimpleDataSource source(External server, Optional<String> authorities) {
        var source = new PGSimpleDataSource();
        new DirectAccess(server.sslMode(), authorities)
                .applyTo(source, new Endpoint(server.host(), server.port(), server.database()));
        source.setDatabaseName(server.database());
        source.setApplicationName(Login.APPLICATION_NAME);
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(ANSWER_SECONDS);
        BoundedAnswers.applyTo(source, ANSWER_BYTES);
        return source;
    }

    private static ExternalState ask(PGSimpleDataSource source, String secret) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user")) {
            var superuser = rows.next() && rows.getBoolean(1);
            return new ExternalState.Reached(InstanceDatabase.version(connection), superuser ? SUPERUSER : "");
        } catch (SQLException e) {
            var message = ConnectProblem.of(e).message();
            return String.valueOf(e.getSQLState()).startsWith("28")
                    ? new ExternalState.SecretInvalid(
                            "the server does not accept the user of Secret %s: %s".formatted(secret, message))
                    : new ExternalState.Unreachable(message);
        }
    }
}
