package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.config.PoolConfig;
import dev.pgherd.route.DirectAccess;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolSizeTest extends RegistryFixture {

    private static final PoolConfig USUAL =
            PoolConfig.from(Map.of(PoolConfig.MAX_OPEN_CONNS, "5", PoolConfig.MAX_IDLE_CONNS, "2"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {} | 5 | 2
            {pool: {maxOpenConnections: 20}} | 20 | 2
            {pool: {maxOpenConnections: 20, maxIdleConnections: 9}} | 20 | 9
            {pool: {maxOpenConnections: 1}} | 1 | 1
            {pool: {maxIdleConnections: 0}} | 5 | 0
            {limits: {maxConnections: 3}} | 3 | 2
            {limits: {maxConnections: 9}, pool: {maxOpenConnections: 10, maxIdleConnections: 10}} | 9 | 9
            {pool: {maxOpenConnections: 100}} | 30 | 2
            """)
    void isWhatTheResourceSaysWithinWhatTheServerAllows(String access, int maximum, int idle) {
        assertThat(PoolSize.of(target(access), USUAL)).isEqualTo(new PoolSize(maximum, idle));
    }

    @Test
    void aServerElsewhereIsNotKnownToLimitThem() {
        // Given
        var direct = Optional.of(new DirectAccess("prefer", Optional.empty()));
        var elsewhere = new Target(KEY, ENDPOINT, WRITER, WRITER, direct, Optional.empty())
                .with(target("{pool: {maxOpenConnections: 100}}").agentAccess());

        // Then
        assertThat(PoolSize.of(elsewhere, USUAL)).isEqualTo(new PoolSize(100, 2));
    }

    @Test
    void asManyCallersAreServedAtATimeAsTheResourceSays() throws Exception {
        // Given
        registry.put(target("{pool: {maxOpenConnections: 7}}"));

        // When
        var held = IntStream.range(0, 7).mapToObj(i -> held()).toList();

        // Then
        assertThat(sessions("pgherd_reader")).isEqualTo("7");
        for (var call : held) {
            call.release();
        }
    }

    private Held held() {
        try {
            return hold(KEY, Access.READ);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Target target(String agentAccess) {
        return TARGET.with(Given.spec("agentAccess: " + agentAccess).agentAccess());
    }
}
