package dev.pgherd.mcp.tool;

import dev.pgherd.config.AskConfig;
import dev.pgherd.mcp.ask.EndpointModel;
import dev.pgherd.mcp.ask.LanguageModel;
import dev.pgherd.mcp.ask.ModelFailedException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** Which model answers a call: the caller's own where it lends it, else the one that is configured. */
record AskModels(Optional<EndpointModel> endpoint) {

    static AskModels of(AskConfig config, KubernetesClient client) {
        return new AskModels(config.endpoint().map(endpoint -> new EndpointModel(endpoint, config.timeout(), client)));
    }

    LanguageModel of(ToolCall call) {
        if (call.client().samples()) {
            return new SampledModel(call.client());
        }
        var model = endpoint.orElseThrow(() -> new ToolFailedException(
                        FailureKind.UNAVAILABLE,
                        "There is no model to ask: this client does not lend its own (sampling), and whoever runs PgHerd has configured none (%s and %s). Write the SQL yourself; list_tables and describe_table show what there is; the query tool runs it."
                                .formatted(AskConfig.BASE_URL, AskConfig.MODEL)))
                .during(call.cancellation());
        return (step, conversation) -> {
            try {
                return model.answer(step, conversation);
            } catch (ModelFailedException e) {
                throw new ToolFailedException(
                        FailureKind.UNAVAILABLE,
                        Optional.ofNullable(e.getMessage()).orElse("The model failed."));
            }
        };
    }
}
