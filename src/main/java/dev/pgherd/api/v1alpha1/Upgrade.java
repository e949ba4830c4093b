package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** The last change of the major version, or the one at work. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Upgrade(
        @Required @JsonPropertyDescription("Major version of the data before.")
        int from,

        @Required @JsonPropertyDescription("Major version that is wanted.")
        int to,

        @Required @JsonPropertyDescription("Image that ran before, and runs again when it goes wrong.")
        String fromImage,

        @Required @JsonPropertyDescription("Image that runs afterwards.")
        String toImage,

        @Required @JsonPropertyDescription("Image with the programs of both versions.")
        String image,

        @Required @JsonPropertyDescription("How far it is.") UpgradePhase phase,

        @JsonPropertyDescription("Why it is where it is.") @Nullable
        String message) {

    public Upgrade at(UpgradePhase next, @Nullable String why) {
        return new Upgrade(from, to, fromImage, toImage, image, next, why);
    }

    /** Whether another one would be the same attempt. */
    public boolean sameAs(Upgrade other) {
        return at(other.phase, other.message).equals(other);
    }
}
