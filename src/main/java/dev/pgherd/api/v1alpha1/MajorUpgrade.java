package dev.pgherd.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the data get to a higher major version. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MajorUpgrade(
        @JsonPropertyDescription("Container image with the programs of both versions in Debian's layout"
                + " (/usr/lib/postgresql/<major>/bin), used for pg_upgrade only. When empty, the instance's own image; where that lacks the programs of"
                + " the old version, the data are dumped and restored.")
        @Nullable
        String imageName) {

    /** The image that was named for it. */
    public Optional<String> image() {
        return Optional.ofNullable(imageName).filter(name -> !name.isBlank());
    }

    static MajorUpgrade defaults() {
        return new MajorUpgrade(null);
    }
}
