package dev.pgherd.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.config.HttpConfig;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest extends HttpServerFixture {

    @Test
    void healthNamesEveryPart() throws Exception {
        // When
        var answer = get("/health");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"status\":\"healthy\"", "\"parts\":{\"database\":{\"status\":\"healthy\"}}");
    }

    @Test
    void healthIs503WithTheReasonWhenAPartIsNot() throws Exception {
        // Given
        database.set(new Health.Unhealthy("connection refused"));

        // When
        var answer = get("/health");

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("unhealthy", "connection refused");
    }

    @Test
    void metricsCountRequestsByMethodPathPatternAndStatus() throws Exception {
        // Given
        get("/echo");
        get("/nothing/4711");

        // When
        var answer = get("/metrics");

        // Then
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(answer.body())
                .contains("jvm_memory_used_bytes", "http_server_requests_seconds_count")
                .contains("method=\"GET\",status=\"200\",uri=\"/echo\"")
                .contains("method=\"GET\",status=\"404\",uri=\"unknown\"")
                .doesNotContain("4711");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nothing", "/x/echo", "/echo/x", "/echo/"})
    void anUnknownPathIs404AsAProblem(String path) throws Exception {
        // When
        var answer = get(path);

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .startsWith("{\"title\":\"Not Found\",\"status\":404,\"detail\":\"There is nothing here; there are: ")
                .contains("/echo", "/failing", "/health", "/metrics");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void aWrongMethodIs405() throws Exception {
        // When
        var answer = send(request("/health").POST(BodyPublishers.noBody()));

        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
    }

    @Test
    void aPluggedServletThatFailsShowsNeitherClassNorStackTrace() throws Exception {
        // When
        var answer = get("/failing");

        // Then
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).isEqualTo("{\"title\":\"Server Error\",\"status\":500}");
    }

    @Test
    void aPortInUseIsNamedWithWhatToDo() {
        // Given
        var second = server(config.withPort(server.port()));

        // Then
        assertThatThrownBy(second::start)
                .isInstanceOf(HttpStartException.class)
                .hasMessageContainingAll("127.0.0.1:" + server.port(), "in use", HttpConfig.PORT);
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        // Given
        var elsewhere = server(HttpConfig.from(Map.of(HttpConfig.HOST, "192.0.2.1")));

        // Then
        assertThatThrownBy(elsewhere::start)
                .isInstanceOf(HttpStartException.class)
                .hasMessageContainingAll("192.0.2.1", HttpConfig.HOST);
    }

    @Test
    void thePortIsFreeAfterClose() throws Exception {
        // Given
        var port = server.port();

        // When
        server.close();

        // Then
        try (var again = server(config.withPort(port)).start()) {
            assertThat(again.port()).isEqualTo(port);
        }
    }
}
