package dev.pgherd.mcp.prompt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A task for a model.
 *
 * @param tools those that the text tells it to use
 * @param text its lines; one that names an argument that was not given is left out
 */
public record Prompt(
        String name,
        String title,
        String description,
        List<PromptArgument> arguments,
        List<String> tools,
        List<String> text) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Prompt {
        arguments = List.copyOf(arguments);
        tools = List.copyOf(tools);
        text = List.copyOf(text);
    }

    /** Reads it from the JSON beside this class. */
    static Prompt of(String name) {
        try (var source = Prompt.class.getResourceAsStream(name + ".json")) {
            return JSON.readValue(Objects.requireNonNull(source, name), Prompt.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Optional<PromptArgument> argument(String argument) {
        return arguments.stream().filter(known -> known.name().equals(argument)).findFirst();
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("title", title)
                .put("description", description);
        var list = json.putArray("arguments");
        arguments.forEach(argument -> list.add(argument.json()));
        return json;
    }

    ObjectNode filled(Map<String, String> values) {
        var result = JsonNodeFactory.instance.objectNode().put("description", description);
        result.putArray("messages")
                .addObject()
                .put("role", "user")
                .putObject("content")
                .put("type", "text")
                .put("text", new PromptText(text).filled(values));
        return result;
    }
}
