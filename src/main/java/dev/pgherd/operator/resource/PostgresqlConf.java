package dev.pgherd.operator.resource;

import dev.pgherd.api.v1alpha1.Postgresql;
import java.util.Map;
import java.util.TreeMap;

/**
 * The server's configuration file. It carries its own fingerprint as a custom setting, so that SQL tells which version
 * of the file the server has read.
 */
public final class PostgresqlConf {

    /** The custom setting that holds the {@link #version()} of the file. */
    public static final String VERSION_SETTING = "pgherd.config_version";

    private final Map<String, String> settings;

    private PostgresqlConf(Map<String, String> settings) {
        this.settings = settings;
    }

    public static PostgresqlConf of(Postgresql postgresql) {
        var settings = new TreeMap<String, String>();
        settings.put("log_line_prefix", "%m [%p] %q%u@%d %a ");
        settings.put("log_timezone", "UTC");
        settings.put("timezone", "UTC");
        settings.putAll(postgresql.parameters());
        settings.put("password_encryption", "scram-sha-256");
        return new PostgresqlConf(settings);
    }

    public String text() {
        return body() + line(VERSION_SETTING, version());
    }

    /** Fingerprint of the settings. */
    public String version() {
        return Fingerprint.of(body());
    }

    private String body() {
        var text = new StringBuilder();
        settings.forEach((name, value) -> text.append(line(name, value)));
        return text.toString();
    }

    private static String line(String name, String value) {
        return name + " = '" + value.replace("\\", "\\\\").replace("'", "''") + "'\n";
    }
}
