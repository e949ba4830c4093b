package dev.pgherd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentInstancesTest {

    private static final Map<String, String> SHOP = Map.of(
            "PGHERD_INSTANCE_SHOP_HOST", "db.example.com",
            "PGHERD_INSTANCE_SHOP_USER", "reporter",
            "PGHERD_INSTANCE_SHOP_PASSWORD", "hunter2");

    @Test
    void whatIsLeftOutHasDefaults() {
        assertThat(EnvironmentInstances.from(SHOP))
                .containsExactly(new EnvironmentInstance(
                        "shop",
                        "db.example.com",
                        5432,
                        "reporter",
                        "hunter2",
                        "postgres",
                        "prefer",
                        Optional.empty(),
                        5,
                        0));
        assertThat(EnvironmentInstances.from(Map.of("PATH", "/bin", "PGHERD_HTTP_PORT", "1")))
                .isEmpty();
    }

    @Test
    void everySettingIsRead(@TempDir Path directory) throws Exception {
        var authorities = Files.writeString(directory.resolve("ca.crt"), "PEM\n");

        assertThat(EnvironmentInstances.from(with(Map.of(
                        "PGHERD_INSTANCE_SHOP_PORT", "5433",
                        "PGHERD_INSTANCE_SHOP_DATABASE", "orders",
                        "PGHERD_INSTANCE_SHOP_SSLMODE", "verify-full",
                        "PGHERD_INSTANCE_SHOP_SSLROOTCERT", authorities.toString(),
                        "PGHERD_INSTANCE_SHOP_MAX_OPEN_CONNS", "9",
                        "PGHERD_INSTANCE_SHOP_MAX_IDLE_CONNS", "2"))))
                .containsExactly(new EnvironmentInstance(
                        "shop",
                        "db.example.com",
                        5433,
                        "reporter",
                        "hunter2",
                        "orders",
                        "verify-full",
                        Optional.of("PEM"),
                        9,
                        2));
    }

    @Test
    void aNameMayContainWhatSeparates() {
        var names = EnvironmentInstances.from(Map.of(
                        "PGHERD_INSTANCE_MY_HOST_DB_HOST", "a",
                        "PGHERD_INSTANCE_MY_HOST_DB_USER", "b",
                        "PGHERD_INSTANCE_MY_HOST_DB_PASSWORD", "c"))
                .stream()
                .map(EnvironmentInstance::name);

        assertThat(names).containsExactly("my-host-db");
    }

    @Test
    void thePasswordMayComeFromAFile(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("password"), "from a file\n");
        var environment = with(Map.of("PGHERD_INSTANCE_SHOP_PASSWORD_FILE", file.toString()));
        environment.remove("PGHERD_INSTANCE_SHOP_PASSWORD");

        assertThat(EnvironmentInstances.from(environment))
                .extracting(EnvironmentInstance::password)
                .containsExactly("from a file");
    }

    @Test
    void theOtherPrefixWorksAndNeverMixesWithOurs() {
        var instances = EnvironmentInstances.from(with(Map.of(
                "PSQL_INSTANCE_SHOP_HOST", "evil.example.com",
                "PSQL_INSTANCE_SHOP_PORT", "1",
                "PSQL_INSTANCE_STOCK_HOST", "stock.example.com",
                "PSQL_INSTANCE_STOCK_USER", "a",
                "PSQL_INSTANCE_STOCK_PASSWORD", "b")));

        assertThat(instances)
                .extracting(EnvironmentInstance::host)
                .isEqualTo(List.of("db.example.com", "stock.example.com"));
        assertThat(instances.get(0).port()).isEqualTo(5432);
    }

    @ParameterizedTest
    @CsvSource({
        "HOST, ''",
        "HOST, https://db",
        "USER, ' '",
        "PASSWORD, ''",
        "PASSWORD_FILE, /no/such/file",
        "PORT, 65536",
        "PORT, x",
        "SSLMODE, on",
        "SSLROOTCERT, /no/such/file",
        "MAX_OPEN_CONNS, 0",
        "MAX_IDLE_CONNS, 6",
        "HOTS, db",
    })
    void whatCannotBeUsedIsNamed(String setting, String value) {
        var key = "PGHERD_INSTANCE_SHOP_" + setting;
        var environment = with(Map.of(key, value));
        if (setting.equals("PASSWORD_FILE")) {
            environment.remove("PGHERD_INSTANCE_SHOP_PASSWORD");
        }

        assertThatThrownBy(() -> EnvironmentInstances.from(environment))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(EnvironmentInstances.from(SHOP).toString()).contains("shop").doesNotContain("hunter2");
    }

    private static Map<String, String> with(Map<String, String> more) {
        var environment = new HashMap<>(SHOP);
        environment.putAll(more);
        return environment;
    }
}
