package dev.pgherd.mcp.approval;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that a person grants by writing them on the instance, and that go when they are used. Kubernetes keeps them, so any
 * replica can check any of them.
 */
public final class Approvals {

    private static final int ATTEMPTS = 10;
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final String BUSY = "could not be noted because the instance changes all the time; try again";
    private static final String NO_TOKEN =
            "is none: it is a number, '-' and %d letters and digits, as the refused call told it"
                    .formatted(Base32.LENGTH);

    private final KubernetesClient client;
    private final Clock clock;

    public Approvals(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** What a person has to grant for it. */
    public ApprovalToken token(Deed deed) {
        return ApprovalToken.of(deed, clock.instant());
    }

    /** The words with which a person does so. */
    public static String command(InstanceKey key, ApprovalToken token) {
        return "kubectl annotate pgi %s -n %s --overwrite %s=%s"
                .formatted(key.name(), key.namespace(), Granted.ANNOTATION, token);
    }

    /** Takes the token off the instance: of several calls that try, one gets it. */
    public Use use(InstanceKey key, Deed deed, String text) {
        var token = ApprovalToken.parse(text);
        var objection = objection(token).or(() -> foreign(deed, token.orElseThrow()));
        if (objection.isPresent()) {
            return new Use.Refused(objection.get());
        }
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var present = Optional.ofNullable(resource(key).get());
            if (!present.map(instance -> unchanged(deed, instance)).orElse(false)) {
                return new Use.Refused("is for an instance or a spec that is not there any more; call without it");
            }
            var granted = Granted.on(present.get());
            if (!granted.contain(text)) {
                return new Use.NotGranted();
            }
            var written = write(present.get(), granted.without(text));
            if (written.isPresent()) {
                return new Use.Done(written.get());
            }
        }
        return new Use.Refused(BUSY);
    }

    /** How many forms have counted on it so far: each asks anew, and an answer to an earlier one counts no more. */
    public static long forms(PostgresInstance instance) {
        return Granted.forms(instance);
    }

    /** Counts a form that a person has just sent, once: of several calls that try, one does. */
    public Use useForm(InstanceKey key, Deed deed, long forms) {
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var present = Optional.ofNullable(resource(key).get());
            if (!present.map(instance -> unchanged(deed, instance)).orElse(false) || forms(present.get()) != forms) {
                return new Use.Refused(
                        "was for something that has changed since, or has been used already; call again");
            }
            var written = write(present.get(), Granted.FORMS, Long.toString(forms + 1));
            if (written.isPresent()) {
                return new Use.Done(written.get());
            }
        }
        return new Use.Refused(BUSY);
    }

    /** Grants a token as {@code kubectl annotate} does; to be called only for a person. */
    public Grant grant(InstanceKey key, String text) {
        var token = ApprovalToken.parse(text.strip());
        var objection = objection(token);
        if (objection.isPresent()) {
            return new Grant.Refused(objection.get());
        }
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var present = Optional.ofNullable(resource(key).get());
            if (present.isEmpty()) {
                return new Grant.NoInstance();
            }
            var granted = Granted.on(present.get()).with(token.orElseThrow().toString(), clock.instant());
            if (write(present.get(), granted).isPresent()) {
                return new Grant.Done(token.orElseThrow());
            }
        }
        return new Grant.Refused(BUSY);
    }

    private Optional<String> objection(Optional<ApprovalToken> token) {
        var now = clock.instant();
        if (token.isEmpty()) {
            return Optional.of(NO_TOKEN);
        }
        if (token.get().expired(now)) {
            return Optional.of("expired at %s; call without it for a new one"
                    .formatted(token.get().expiresAt()));
        }
        return token.get().tooLong(now) ? Optional.of(NO_TOKEN) : Optional.empty();
    }

    private static Optional<String> foreign(Deed deed, ApprovalToken token) {
        return token.standsFor(deed)
                ? Optional.empty()
                : Optional.of(
                        "is for another caller, another instance, other arguments, or a spec that has changed since;"
                                + " call without it for one that fits");
    }

    private static boolean unchanged(Deed deed, PostgresInstance instance) {
        return instance.getMetadata().getUid().equals(deed.uid())
                && instance.getMetadata().getGeneration() == deed.generation();
    }

    private Optional<PostgresInstance> write(PostgresInstance seen, Granted granted) {
        return write(seen, Granted.ANNOTATION, granted.value().isEmpty() ? null : granted.value());
    }

    /** Empty where somebody else wrote since. */
    private Optional<PostgresInstance> write(PostgresInstance seen, String annotation, @Nullable String value) {
        var patch = JsonNodeFactory.instance.objectNode();
        var metadata = patch.putObject("metadata")
                .put("uid", seen.getMetadata().getUid())
                .put("resourceVersion", seen.getMetadata().getResourceVersion());
        metadata.putObject("annotations").put(annotation, value);
        try {
            return Optional.of(resource(InstanceKey.of(seen)).patch(MERGE, patch.toString()));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Resource<PostgresInstance> resource(InstanceKey key) {
        return client.resources(PostgresInstance.class)
                .inNamespace(key.namespace())
                .withName(key.name());
    }
}
