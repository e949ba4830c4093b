package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The volume as it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StorageStatus(
        @JsonPropertyDescription("Name of the volume's claim.") @Nullable
        String persistentVolumeClaim,

        @JsonPropertyDescription("Size of the volume.") @Nullable
        String capacity) {}
