package dev.pgherd.operator.database;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.PostgresqlConf;
import dev.pgherd.operator.status.DatabaseState;
import dev.pgherd.route.Route;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs in to an instance's server, makes its inside what it is to be, and tells what was found. */
public final class InstanceDatabase {

    private static final Logger LOGGER = LoggerFactory.getLogger(InstanceDatabase.class);
    private static final String WRONG_PASSWORD = "28P01";

    private final Login login;
    private final Databases databases;
    private final Statistics statistics;
    private final SessionWatch sessions;

    /** @param newest whether an instance has the spec that counts now; asked before data are destroyed */
    public InstanceDatabase(Route route, Predicate<PostgresInstance> newest, Clock clock) {
        this.login = new Login(route);
        this.databases = new Databases(login, newest, clock);
        this.statistics = new Statistics(login);
        this.sessions = new SessionWatch(login, clock);
    }

    public DatabaseState reconcile(PostgresInstance instance, DatabaseSecrets secrets) {
        try (var connection = login.open(instance, secrets, Login.MAINTENANCE_DATABASE)) {
            var lastActivity = sessions.lastActivity(connection, instance);
            Provisioning.ensure(connection, instance, secrets);
            var found = databases.ensure(connection, instance, secrets);
            var configuration = ServerConfiguration.apply(
                    connection, PostgresqlConf.of(instance.wish().postgresql()));
            return new DatabaseState.Reached(
                    version(connection), configuration, found.problems(), lastActivity, found.changes());
        } catch (SQLException e) {
            var message = String.valueOf(e.getMessage());
            return WRONG_PASSWORD.equals(e.getSQLState())
                    ? new DatabaseState.Locked(message)
                    : new DatabaseState.Unreachable(message);
        } catch (IOException e) {
            return new DatabaseState.Unreachable(String.valueOf(e.getMessage()));
        }
    }

    /** Gathers what the planner knows of the data, for a few seconds; true when it is complete. */
    public boolean gatherStatistics(PostgresInstance instance, DatabaseSecrets secrets) {
        try {
            return statistics.gather(instance, secrets);
        } catch (IOException | SQLException e) {
            return false;
        }
    }

    /** Writes out what the server holds in memory, so that its stop is short; a failure only makes it longer. */
    public void checkpoint(PostgresInstance instance, DatabaseSecrets secrets) {
        try (var connection = login.open(instance, secrets, Login.MAINTENANCE_DATABASE);
                var statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        } catch (IOException | SQLException e) {
            LOGGER.atInfo()
                    .addKeyValue("namespace", instance.getMetadata().getNamespace())
                    .addKeyValue("name", instance.getMetadata().getName())
                    .addKeyValue("why", e.getMessage())
                    .log("no checkpoint before the stop");
        }
    }

    /** The number alone: packagers append their own words to it. */
    static String version(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductVersion().split(" ", 2)[0];
    }
}
