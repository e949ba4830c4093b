package dev.pgherd.operator.dependent;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Something that is not the instance's has the name of one of its children; it is left alone. */
public final class NameTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NameTakenException(HasMetadata present, String instance) {
        super(("there is a %s %s already that does not belong to this instance, and it is left as it is: rename or"
                        + " delete it, or give the instance another name than %s")
                .formatted(present.getKind(), present.getMetadata().getName(), instance));
    }
}
