package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/** Which changes of an instance are worth a pass: those of its spec and metadata, not our own of its status. */
public final class InstanceChanges implements OnUpdateFilter<PostgresInstance> {

    @Override
    public boolean accept(PostgresInstance now, PostgresInstance before) {
        var fresh = now.getMetadata();
        var old = before.getMetadata();
        return !Objects.equals(fresh.getGeneration(), old.getGeneration())
                || !Objects.equals(fresh.getAnnotations(), old.getAnnotations())
                || !Objects.equals(fresh.getLabels(), old.getLabels())
                || !Objects.equals(fresh.getDeletionTimestamp(), old.getDeletionTimestamp());
    }
}
