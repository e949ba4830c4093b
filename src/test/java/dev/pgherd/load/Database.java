package dev.pgherd.load;

import dev.pgherd.faults.Owner;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The instance that all servers ask, as its owner reaches it. */
record Database(String host, int port, String name, String user, String password) {

    private static final String INSTANCE = "shop";

    /** A new instance with a million rows of pgbench's accounts. */
    static Database create(KubernetesClient client) throws Exception {
        var owner = Owner.of(client);
        owner.apply(INSTANCE, "{deletionPolicy: Delete}");
        owner.awaitReady(INSTANCE);
        owner.execute(
                INSTANCE,
                "CREATE TABLE IF NOT EXISTS pgbench_accounts (aid int NOT NULL, bid int, abalance int, filler char(84))");
        owner.execute(
                INSTANCE,
                "INSERT INTO pgbench_accounts SELECT n, n / 100000 + 1, 0, '' FROM generate_series(1, 1000000) AS n");
        owner.execute(INSTANCE, "ALTER TABLE pgbench_accounts ADD PRIMARY KEY (aid)");
        owner.execute(INSTANCE, "VACUUM ANALYZE pgbench_accounts");
        var secret = client.secrets()
                .inNamespace(owner.namespace())
                .withName(INSTANCE + "-app")
                .get()
                .getData();
        var address = owner.address(INSTANCE);
        return new Database(
                address.getHostString(),
                address.getPort(),
                text(secret.get("database")),
                text(secret.get("username")),
                text(secret.get("password")));
    }

    String uri() {
        return URI.create("postgres://%s:%s@%s:%d/%s?sslmode=disable".formatted(user, password, host, port, name))
                .toString();
    }

    private static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
