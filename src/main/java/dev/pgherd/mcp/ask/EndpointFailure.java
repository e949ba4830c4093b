package dev.pgherd.mcp.ask;

import com.openai.errors.OpenAIInvalidDataException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import dev.pgherd.config.AskConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says why an endpoint gave no answer, in words of our own: its own may hold anything. */
final class EndpointFailure {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointFailure.class);

    private EndpointFailure() {}

    static ModelFailedException of(@Nullable Throwable cause) {
        if (cause instanceof ModelFailedException known) {
            return known;
        }
        LOG.atWarn()
                .addKeyValue("kind", cause == null ? "" : cause.getClass().getSimpleName())
                .log("The model's endpoint did not answer");
        if (cause instanceof OpenAIServiceException refused) {
            return new ModelFailedException(status(refused.statusCode()));
        }
        if (cause instanceof OpenAIIoException) {
            return new ModelFailedException(
                    "The model's endpoint (%s) cannot be reached, or broke off. Try again, or write the SQL yourself."
                            .formatted(AskConfig.BASE_URL));
        }
        if (cause instanceof OpenAIInvalidDataException || cause instanceof RuntimeException) {
            return garbage();
        }
        return new ModelFailedException("The model could not be asked. Write the SQL yourself.");
    }

    static ModelFailedException garbage() {
        return new ModelFailedException(
                "The model's endpoint answered with something that is no chat completion. Is %s right?"
                        .formatted(AskConfig.BASE_URL));
    }

    private static String status(int code) {
        if (code == 401 || code == 403) {
            return "The model's endpoint refused PgHerd's key (%d). Whoever runs PgHerd has to see to %s or %s."
                    .formatted(code, AskConfig.API_KEY_FILE, AskConfig.API_KEY_SECRET);
        }
        if (code == 404) {
            return "The model's endpoint knows nothing under that address or model (404). Are %s and %s right?"
                    .formatted(AskConfig.BASE_URL, AskConfig.MODEL);
        }
        if (code == 429) {
            return "The model's endpoint has had enough requests for now (429). Try again later, or write the SQL yourself.";
        }
        return code >= 500
                ? "The model's endpoint is in trouble (%d). Try again later, or write the SQL yourself.".formatted(code)
                : "The model's endpoint refused the request (%d). Is %s right?".formatted(code, AskConfig.MODEL);
    }
}
