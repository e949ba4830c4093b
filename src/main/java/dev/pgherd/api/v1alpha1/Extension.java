package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** An extension of a database. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Extension(
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[A-Za-z0-9_][A-Za-z0-9_-]*$")
        @JsonPropertyDescription("Name of the extension, as in CREATE EXTENSION.")
        String name,

        @Size(min = 1, max = 63)
        @Pattern("^[A-Za-z0-9_.+-]+$")
        @JsonPropertyDescription("Version of the extension; the image's default when absent.")
        @Nullable
        String version) {}
