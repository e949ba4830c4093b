package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.connection.Credentials;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whether the server behind an instance is reached, and what is said where it is not. */
class ReachedServerTest extends StatementToolsFixture {

    @Test
    void healthMeasuresTheServer() {
        // When
        var answer = caller.ask(HEALTH, Map.of("instance", "shop"));

        // Then
        var health = answer.structured();
        assertThat(health.path("healthy").asBoolean()).isTrue();
        assertThat(health.path("server_version").asText()).startsWith("17.");
        assertThat(health.path("round_trip_ms").asDouble()).isPositive();
        assertThat(health.path("connections").asInt())
                .isBetween(1, health.path("max_connections").asInt());
        assertThat(health.path("database_bytes").asLong()).isGreaterThan(1_000_000);
        assertThat(health.path("in_recovery").asBoolean()).isFalse();
        assertThat(answer.text()).contains("is healthy", "PostgreSQL 17.");
    }

    @Test
    void aLoginThatDoesNotWorkIsReportedWhicheverItIs() {
        // Given
        var reader = new Credentials("reader", "r");
        var writer = new Credentials("writer", "w");
        var wrong = new Credentials("nobody", "x");

        // When
        registry.put(target(SHOP, postgres.port(), reader, wrong));
        var withoutWriter = caller.ask(HEALTH, Map.of("instance", "shop"));
        registry.put(target(SHOP, postgres.port(), wrong, writer));
        var withoutReader = caller.ask(HEALTH, Map.of("instance", "shop"));

        // Then
        assertThat(withoutWriter.structured().path("healthy").asBoolean(true)).isFalse();
        assertThat(withoutWriter.structured().path("problem").asText()).contains("execute cannot log in", "nobody");
        assertThat(withoutWriter.structured().path("server_version").asText()).startsWith("17.");
        assertThat(withoutReader.structured().path("healthy").asBoolean(true)).isFalse();
        assertThat(withoutReader.structured().path("problem").asText()).contains("query cannot log in", "nobody");
        assertThat(withoutReader.structured().path("next_step").asText()).contains("login role");
    }

    @Test
    void aServerThatCannotBeReachedIsExplained() {
        // Given
        registry.put(target(SHOP, 1));

        // When
        var health = caller.ask(HEALTH, Map.of("instance", "shop"));

        // Then
        assertThat(health.structured().path("healthy").asBoolean()).isFalse();
        assertThat(health.structured().path("problem").asText()).isNotBlank();
        assertThat(health.structured().path("next_step").asText()).contains("PgHerd");
        assertThat(caller.fail("query", Map.of("instance", "shop", "sql", "SELECT 1")))
                .contains(HEALTH);
    }

    @Test
    void anInstanceThatTheRegistryDoesNotKnowYetIsWaitedFor() throws Exception {
        // Given
        registry.remove(SHOP);

        // When
        var answer =
                CompletableFuture.supplyAsync(() -> caller.ask("query", Map.of("instance", "shop", "sql", "SELECT 1")));
        CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
                .execute(() -> registry.put(target(SHOP, postgres.port())));

        // Then
        assertThat(answer.get(30, TimeUnit.SECONDS).structured().path("rows")).hasToString("[[1]]");
    }
}
