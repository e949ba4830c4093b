package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The volume that holds the data. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(oldSelf.storageClass) == has(self.storageClass)",
        message = "storageClass is immutable: it cannot be added or removed later")
public record Storage(
        @Default("1Gi")
        @Size(max = 32)
        @JsonPropertyDescription("Size of the volume, a quantity such as 10Gi. Can only grow.")
        @ValidationRule(
                value = "isQuantity(self) && quantity(self).isGreaterThan(quantity('0'))",
                message = "size must be a quantity greater than zero, such as 1Gi")
        @ValidationRule(
                value = "!isQuantity(self) || !isQuantity(oldSelf) ||"
                        + " quantity(self).compareTo(quantity(oldSelf)) >= 0",
                message = "size can only grow")
        String size,

        @Size(max = 253)
        @JsonPropertyDescription("StorageClass of the volume; the cluster's default when absent. Immutable.")
        @ValidationRule(value = "self == oldSelf", message = "storageClass is immutable")
        @Nullable
        String storageClass,

        @Default("true") @JsonPropertyDescription("Whether the volume of an instance grows when size does.")
        Boolean resizeInUseVolumes) {

    public static final String DEFAULT_SIZE = "1Gi";

    @SuppressWarnings("ConstantValue") // Jackson passes null for what the user left out
    public Storage {
        size = Objects.requireNonNullElse(size, DEFAULT_SIZE);
        resizeInUseVolumes = Objects.requireNonNullElse(resizeInUseVolumes, true);
    }

    static Storage defaults() {
        return new Storage(DEFAULT_SIZE, null, true);
    }
}
