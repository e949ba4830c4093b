package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.AgentAccess;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.Credentials;
import dev.pgherd.connection.Target;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsualTimeoutsTest {

    private static final Target SHOP = new Target(
            new InstanceKey("default", "shop"),
            new Endpoint("shop", 5432, "app"),
            new Credentials("reader", "x"),
            new Credentials("writer", "x"));

    private final McpConfig config = McpConfig.from(Map.of(McpConfig.STATEMENT_TIMEOUT_SECONDS, "8"));

    @Test
    void areThoseOfTheConfiguration() {
        assertThat(UsualTimeouts.of(config).of(SHOP, 17))
                .isEqualTo("-c statement_timeout=8000 -c lock_timeout=4000"
                        + " -c idle_in_transaction_session_timeout=13000 -c transaction_timeout=13000");
    }

    @Test
    void nameNothingThatAnOlderServerWouldRefuse() {
        assertThat(UsualTimeouts.of(config).of(SHOP, 16)).doesNotContain("transaction_timeout");
        assertThat(UsualTimeouts.of(config).of(SHOP, 0)).doesNotContain("transaction_timeout");
    }

    @Test
    void areThoseOfTheInstanceWhereThatHasLess() throws Exception {
        // Given
        var hasty = SHOP.with(JsonMapper.builder()
                .build()
                .readValue("{\"limits\": {\"statementTimeout\": \"1s\"}}", AgentAccess.class));

        // When
        var options = UsualTimeouts.of(config).of(hasty, 17);

        // Then
        assertThat(options).startsWith("-c statement_timeout=1000 -c lock_timeout=500 ");
    }
}
