package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.Objects;
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

        @Required @JsonPropertyDescription("Image that upgrades the data.")
        String image,

        @Required
        @JsonPropertyDescription("PgUpgrade with an image that has the programs of both versions; DumpAndRestore where"
                + " spec.majorUpgrade.imageName is empty and the image lacks the old ones.")
        UpgradeMethod method,

        @Required @JsonPropertyDescription("How far it is.") UpgradePhase phase,

        @JsonPropertyDescription("Why it is where it is.") @Nullable
        String message) {

    public Upgrade {
        method = Objects.requireNonNullElse(method, UpgradeMethod.PgUpgrade);
    }

    public Upgrade at(UpgradePhase next, @Nullable String why) {
        return new Upgrade(from, to, fromImage, toImage, image, method, next, why);
    }

    public Upgrade by(UpgradeMethod other) {
        return new Upgrade(from, to, fromImage, toImage, image, other, phase, message);
    }

    public boolean dumps() {
        return method == UpgradeMethod.DumpAndRestore;
    }

    /** Whether another one would be the same attempt; the method is found out on the way. */
    public boolean sameAs(Upgrade other) {
        return by(other.method).at(other.phase, other.message).equals(other);
    }
}
