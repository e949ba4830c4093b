package dev.pgherd.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.Postgresql;
import dev.pgherd.api.v1alpha1.RestartPolicy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresqlConfTest {

    @Test
    void theVersionChangesWithTheSettingsAndOnlyWithThem() {
        var one = PostgresqlConf.of(postgresql(Map.of("work_mem", "8MB")));
        var same = PostgresqlConf.of(postgresql(Map.of("work_mem", "8MB")));
        var other = PostgresqlConf.of(postgresql(Map.of("work_mem", "9MB")));

        assertThat(one.version()).isEqualTo(same.version()).isNotEqualTo(other.version());
        assertThat(one.text()).contains("pgherd.config_version = '" + one.version() + "'");
    }

    @Test
    void quotesAndBackslashesKeepTheirMeaning() {
        var conf = PostgresqlConf.of(postgresql(Map.of("search_path", "it's \\ here")));

        assertThat(conf.text()).contains("search_path = 'it''s \\\\ here'\n");
    }

    @Test
    void whatPgHerdManagesWinsOverTheUser() {
        var conf = PostgresqlConf.of(postgresql(Map.of("password_encryption", "md5")));

        assertThat(conf.text())
                .contains("password_encryption = 'scram-sha-256'")
                .doesNotContain("md5");
    }

    private static Postgresql postgresql(Map<String, String> parameters) {
        return new Postgresql(parameters, RestartPolicy.Automatic);
    }
}
