package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class OpeningOptionsTest extends RegistryFixture {

    private final List<Integer> versions = new CopyOnWriteArrayList<>();

    @Test
    void holdInAConnectionWhateverItsRoleSays() throws Exception {
        // Given
        database.asOwner("ALTER ROLE pgherd_reader SET lock_timeout = '1min'");
        open((target, version) -> "-c lock_timeout=1234");

        // When
        var timeout = text(Access.READ, "SELECT reset_val FROM pg_settings WHERE name = 'lock_timeout'");

        // Then
        assertThat(timeout).isEqualTo("1234");
        database.asOwner("ALTER ROLE pgherd_reader RESET lock_timeout");
    }

    @Test
    void knowTheServerFromTheFirstConnectionOn() throws Exception {
        // Given
        open((target, version) -> {
            versions.add(version);
            return "";
        });

        // When
        twoConnections();

        // Then
        var version = Integer.valueOf(database.ask("SELECT current_setting('server_version_num')::int / 10000"));
        assertThat(versions).startsWith(0, version);
    }

    @Test
    void areMadeAnewWithoutThatKnowledgeForAServerThatRefusesThem() throws Exception {
        // Given
        open((target, version) -> version == 0 ? "-c lock_timeout=1234" : "-c setting_of_another_server=1");

        // When / Then
        twoConnections();
    }

    private void open(OpeningOptions options) {
        registry = registry(PoolSettings.defaults().withMaximumSize(2).withOpening(options));
        registry.put(TARGET);
    }

    private void twoConnections() throws Exception {
        text(Access.READ, "SELECT 1");
        var first = hold(KEY, Access.READ);
        var second = hold(KEY, Access.READ);
        second.release();
        first.release();
    }
}
