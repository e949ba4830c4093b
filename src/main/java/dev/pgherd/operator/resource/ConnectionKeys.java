package dev.pgherd.operator.resource;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of a Service Binding for PostgreSQL, and those that other operators' users expect besides. */
final class ConnectionKeys {

    private ConnectionKeys() {}

    static Map<String, String> of(String host, String database, String username, String password) {
        var port = String.valueOf(Services.PORT);
        var keys = new LinkedHashMap<String, String>();
        keys.put("type", "postgresql");
        keys.put("provider", "pgherd");
        keys.put("host", host);
        keys.put("port", port);
        keys.put("database", database);
        keys.put(Secrets.USERNAME, username);
        keys.put(Secrets.PASSWORD, password);
        keys.put(
                "uri",
                "postgresql://%s:%s@%s:%s/%s"
                        .formatted(percent(username), percent(password), host, port, percent(database)));
        keys.put(
                "jdbc-uri",
                "jdbc:postgresql://%s:%s/%s?user=%s&password=%s"
                        .formatted(host, port, percent(database), percent(username), percent(password)));
        keys.put("dbname", database);
        keys.put("user", username);
        keys.put("pgpass", "%s:%s:%s:%s:%s\n".formatted(host, port, database, username, escaped(password)));
        return keys;
    }

    private static String percent(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** In a password file a colon ends a field and a backslash escapes. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace(":", "\\:");
    }
}
