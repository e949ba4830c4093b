package dev.pgherd.mcp.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pgherd.config.ApiKeySource;
import dev.pgherd.config.AskConfig;
import dev.pgherd.kubernetes.EmbeddedApi;
import dev.pgherd.sql.Cancellation;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The official client against a server that behaves, and one that does not. */
class EndpointModelTest {

    private static final String KEY = "sk-test-0123456789";
    private static final Conversation TALK =
            Conversation.beginning("be brief", "one?").then("1", "two?");

    private ModelServer server;
    private Path keyFile;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        server = new ModelServer();
        keyFile = Files.writeString(directory.resolve("key"), KEY + "\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theConversationIsSentAndTheAnswerRead() {
        // Given
        server.says("2");

        // When
        var answer = answer(model(new ApiKeySource.InFile(keyFile), 20));

        // Then
        assertThat(answer).isEqualTo(new ModelAnswer("2", "stub-2026", new Tokens(100, 20)));
        var request = server.requests().get(0);
        assertThat(request.path("model").asText()).isEqualTo("small");
        assertThat(request.path("messages"))
                .extracting(message -> message.path("role").asText() + ": "
                        + message.path("content").asText())
                .containsExactly("system: be brief", "user: one?", "assistant: 1", "user: two?");
        assertThat(server.authorizations()).containsExactly("Bearer " + KEY);
    }

    @Test
    void aKeyThatWasReplacedCountsAtOnce() throws Exception {
        server.says("1", "2");
        var model = model(new ApiKeySource.InFile(keyFile), 20);

        answer(model);
        Files.writeString(keyFile, "sk-new");
        answer(model);

        assertThat(server.authorizations()).containsExactly("Bearer " + KEY, "Bearer sk-new");
    }

    @Test
    void aKeyCanBeInASecret(@TempDir Path directory) {
        try (var api = new EmbeddedApi(directory)) {
            api.client()
                    .resource(new SecretBuilder()
                            .withNewMetadata()
                            .withNamespace("default")
                            .withName("models")
                            .endMetadata()
                            .withStringData(Map.of("api-key", KEY))
                            .build())
                    .create();
            server.says("1");

            var endpoint = new AskConfig.Endpoint(
                    server.baseUrl(), "small", new ApiKeySource.InSecret("default", "models", "api-key"));
            answer(new EndpointModel(endpoint, Duration.ofSeconds(20), api.client()));
            assertThat(server.authorizations()).containsExactly("Bearer " + KEY);

            var absent = new AskConfig.Endpoint(
                    server.baseUrl(), "small", new ApiKeySource.InSecret("default", "models", "other"));
            assertThatThrownBy(() -> answer(new EndpointModel(absent, Duration.ofSeconds(20), api.client())))
                    .isInstanceOf(ModelFailedException.class)
                    .hasMessageContainingAll("'other'", "default/models", "PGHERD_ASK_API_KEY_SECRET");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "two\nlines", "naïve"})
    void whatIsNoKeyIsNeverSentOrShown(String text) throws Exception {
        Files.writeString(keyFile, text);

        assertThatThrownBy(() -> answer(model(new ApiKeySource.InFile(keyFile), 20)))
                .isInstanceOf(ModelFailedException.class)
                .hasMessageContaining("PGHERD_ASK_API_KEY_FILE")
                .message()
                .doesNotContain("lines", "naïve");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, 1, PGHERD_ASK_MODEL",
        "401, 1, refused PgHerd's key",
        "404, 1, PGHERD_ASK_BASE_URL",
        "302, 1, refused the request",
    })
    void whatWillNotGetBetterIsNotTriedAgain(int status, int tries, String said) {
        server.replies(exchange -> {
            exchange.getResponseHeaders().set("Location", "/v1/elsewhere");
            ModelServer.send(exchange, status, "{\"error\":{\"message\":\"you sent " + KEY + "\"}}");
        });

        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        var everything = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        everything.addAppender(lines);
        try {
            assertThatThrownBy(() -> answer(model(new ApiKeySource.InFile(keyFile), 20)))
                    .isInstanceOf(ModelFailedException.class)
                    .hasMessageContaining(said)
                    .message()
                    .doesNotContain(KEY);
        } finally {
            everything.detachAppender(lines);
        }
        assertThat(server.requests()).hasSize(tries);
        assertThat(lines.list)
                .isNotEmpty()
                .noneMatch(line -> (line.getFormattedMessage() + line.getKeyValuePairs()).contains(KEY));
    }

    @ParameterizedTest
    @CsvSource({"429, enough requests", "500, is in trouble"})
    void whatMayGetBetterIsTriedAFewTimes(int status, String said) {
        for (var time = 0; time < 4; time++) {
            server.replies(exchange -> {
                exchange.getResponseHeaders().set("Retry-After-Ms", "1");
                ModelServer.send(exchange, status, "{}");
            });
        }

        assertThatThrownBy(() -> answer(model(new ApiKeySource.Nowhere(), 30))).hasMessageContaining(said);
        assertThat(server.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>hello</html>", "{}", "{\"choices\":[]}", "[1,2", "{\"choices\":\"none\"}"})
    void garbageIsSaidToBeThat(String garbage) {
        server.replies(exchange -> ModelServer.send(exchange, 200, garbage));

        assertThatThrownBy(() -> answer(model(new ApiKeySource.Nowhere(), 20)))
                .isInstanceOf(ModelFailedException.class)
                .hasMessageContaining("no chat completion");
    }

    @Test
    void anAnswerThatBreaksOffIsNone() {
        for (var time = 0; time < 3; time++) {
            server.replies(exchange -> {
                exchange.sendResponseHeaders(200, 1000);
                exchange.getResponseBody().write('{');
            });
        }

        assertThatThrownBy(() -> answer(model(new ApiKeySource.Nowhere(), 30)))
                .isInstanceOf(ModelFailedException.class);
    }

    @Test
    void aModelThatIsTooSlowIsNotWaitedFor() {
        var end = new CountDownLatch(1);
        server.replies(exchange -> await(end));

        assertThatThrownBy(() -> answer(model(new ApiKeySource.Nowhere(), 1)))
                .hasMessageContainingAll("within 1 s", "PGHERD_ASK_TIMEOUT_SECONDS");
        end.countDown();
    }

    @Test
    void aCallThatIsGivenUpDoesNotWaitForTheModel() {
        var end = new CountDownLatch(1);
        var cancellation = new Cancellation();
        server.replies(exchange -> {
            cancellation.request();
            await(end);
        });

        assertThatThrownBy(() -> model(new ApiKeySource.Nowhere(), 60)
                        .during(cancellation)
                        .answer("sql-1", TALK))
                .hasMessageContaining("cancelled");
        end.countDown();
    }

    @Test
    void nobodyThereIsSaidPlainly() {
        server.close();

        assertThatThrownBy(() -> answer(model(new ApiKeySource.Nowhere(), 30)))
                .hasMessageContainingAll("cannot be reached", "PGHERD_ASK_BASE_URL");
    }

    private static void await(CountDownLatch end) {
        try {
            assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ModelAnswer answer(EndpointModel model) {
        return model.during(new Cancellation()).answer("sql-1", TALK);
    }

    @SuppressWarnings("NullAway") // these keys are not in Kubernetes
    private EndpointModel model(ApiKeySource key, int seconds) {
        return new EndpointModel(
                new AskConfig.Endpoint(server.baseUrl(), "small", key), Duration.ofSeconds(seconds), null);
    }
}
