package dev.pgherd.mcp.ask;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.LogLevel;
import com.openai.credential.BearerTokenCredential;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.pgherd.config.AskConfig;
import dev.pgherd.sql.Cancellation;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A model behind an endpoint that speaks OpenAI's protocol. */
public final class EndpointModel {

    private static final int RETRIES = 2;
    private static final long LONGEST_ANSWER = 4096;

    /** A call that is given up may hold its thread until the endpoint's time is over. */
    private static final int MOST_AT_A_TIME = 64;

    private final Semaphore turns = new Semaphore(MOST_AT_A_TIME);
    private final AskConfig.Endpoint endpoint;
    private final Duration timeout;
    private final ApiKeys keys;
    private @Nullable OpenAIClient client;

    public EndpointModel(AskConfig.Endpoint endpoint, Duration timeout, KubernetesClient kubernetes) {
        this.endpoint = endpoint;
        this.timeout = timeout;
        this.keys = new ApiKeys(kubernetes);
    }

    /** For one call, which may be given up. */
    public LanguageModel during(Cancellation cancellation) {
        return (step, conversation) -> answer(conversation, cancellation);
    }

    /** In a thread of its own, which can be interrupted: a connection that says nothing ends with the call. */
    private ModelAnswer answer(Conversation conversation, Cancellation cancellation) {
        if (!turns.tryAcquire()) {
            throw new ModelFailedException("Too many questions wait for the model; try again in a moment.");
        }
        var task = new FutureTask<>(() -> answer(conversation));
        var thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } finally {
                        turns.release();
                    }
                },
                "pgherd-ask");
        thread.setDaemon(true);
        thread.start();
        cancellation.onRequest(() -> task.cancel(true));
        try {
            return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ModelFailedException(
                    "The model did not answer within %d s (%s). Try again, or write the SQL yourself."
                            .formatted(timeout.toSeconds(), AskConfig.TIMEOUT_SECONDS));
        } catch (CancellationException e) {
            throw new ModelFailedException("The call was cancelled.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModelFailedException("The server is stopping.");
        } catch (ExecutionException e) {
            throw EndpointFailure.of(e.getCause());
        } finally {
            task.cancel(true);
        }
    }

    private ModelAnswer answer(Conversation conversation) {
        var params = ChatCompletionCreateParams.builder()
                .model(endpoint.model())
                .maxCompletionTokens(LONGEST_ANSWER)
                .addSystemMessage(conversation.system());
        for (var turn = 0; turn < conversation.turns().size(); turn++) {
            var text = conversation.turns().get(turn);
            if (turn % 2 == 0) {
                params.addUserMessage(text);
            } else {
                params.addAssistantMessage(text);
            }
        }
        return read(client().chat().completions().create(params.build()));
    }

    private static ModelAnswer read(ChatCompletion completion) {
        if (completion.choices().isEmpty()) {
            throw EndpointFailure.garbage();
        }
        var message = completion.choices().get(0).message();
        var tokens = completion
                .usage()
                .map(usage -> new Tokens(usage.promptTokens(), usage.completionTokens()))
                .orElse(Tokens.NONE);
        var text =
                message.refusal().map(SqlAnswer::refusal).or(message::content).orElse("");
        return new ModelAnswer(text, completion.model(), tokens);
    }

    /** Made when it is first needed: many never ask. Redirects are not followed: a key is for whom it was given. */
    private synchronized OpenAIClient client() {
        if (client == null) {
            client = OpenAIOkHttpClient.builder()
                    .baseUrl(endpoint.baseUrl())
                    .credential(BearerTokenCredential.create(() -> keys.read(endpoint.key())))
                    .followRedirects(false)
                    .maxRetries(RETRIES)
                    .timeout(timeout)
                    .logLevel(LogLevel.OFF)
                    .disableTelemetry(true)
                    .build();
        }
        return client;
    }
}
