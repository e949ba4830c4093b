package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** How the instance comes to be: exactly one member. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "has(self.initdb)", message = "bootstrap needs exactly one member: initdb")
@ValidationRule(value = "self == oldSelf", message = "bootstrap is immutable: it describes how the instance came to be")
public record Bootstrap(
        @JsonPropertyDescription("A new, empty server.") Initdb initdb) {

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the user left out
    public Bootstrap {
        initdb = Objects.requireNonNullElseGet(initdb, Initdb::defaults);
    }
}
