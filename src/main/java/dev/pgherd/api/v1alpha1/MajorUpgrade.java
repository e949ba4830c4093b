package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** How the data get to a higher major version. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MajorUpgrade(
        @JsonPropertyDescription("Container image with the programs of both versions in Debian's layout"
                + " (/usr/lib/postgresql/<major>/bin), used for pg_upgrade only; the instance's own image when empty.")
        @Nullable
        String imageName) {

    static MajorUpgrade defaults() {
        return new MajorUpgrade(null);
    }
}
