package dev.pgherd.mcp.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.kubernetes.EmbeddedApi;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tokens on a real resource. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApprovalsTest {

    private EmbeddedApi api;
    private Approvals approvals;

    @BeforeAll
    void start(@TempDir Path directory) {
        api = new EmbeddedApi(directory);
        approvals = new Approvals(api.client(), Clock.systemUTC());
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @Test
    void whatAPersonGrantedCountsOnce(TestInfo test) {
        // Given
        var key = instance(test);
        var deed = deed(key, "{}");
        var token = approvals.token(deed).toString();

        // When, Then
        assertThat(approvals.use(key, deed, token)).isInstanceOf(Use.NotGranted.class);
        annotate(key, token);
        assertThat(approvals.use(key, deed, token)).isInstanceOf(Use.Done.class);
        assertThat(resource(key).get().getMetadata().getAnnotations()).doesNotContainKey("pgherd.dev/approved");
        assertThat(approvals.use(key, deed, token)).isInstanceOf(Use.NotGranted.class);
    }

    @Test
    void otherTokensStayWhereTheyAre(TestInfo test) {
        var key = instance(test);
        var one = deed(key, "{1}");
        var other = approvals.token(deed(key, "{2}")).toString();
        annotate(key, other + ", " + approvals.token(one));

        assertThat(approvals.use(key, one, approvals.token(one).toString())).isInstanceOf(Use.Done.class);
        assertThat(resource(key).get().getMetadata().getAnnotations()).containsEntry("pgherd.dev/approved", other);
    }

    @Test
    void ofManyThatTryOneGetsIt(TestInfo test) throws Exception {
        // Given
        var key = instance(test);
        var deed = deed(key, "{}");
        var token = approvals.token(deed).toString();
        annotate(key, token);
        var threads = Executors.newFixedThreadPool(6);

        // When
        Callable<Use> attempt = () -> approvals.use(key, deed, token);
        var uses = threads.invokeAll(
                IntStream.range(0, 6).mapToObj(number -> attempt).toList());
        threads.shutdown();

        // Then
        var done = 0;
        for (var use : uses) {
            done += use.get() instanceof Use.Done ? 1 : 0;
        }
        assertThat(done).isEqualTo(1);
    }

    @Test
    void aTokenForAnInstanceThatWasMadeAnewDoesNotCount(TestInfo test) {
        var key = instance(test);
        var deed = deed(key, "{}");
        var token = approvals.token(deed).toString();
        resource(key).delete();
        api.instance(key.namespace(), key.name(), Map.of());
        annotate(key, token);

        assertThat(approvals.use(key, deed, token))
                .isInstanceOfSatisfying(
                        Use.Refused.class,
                        refused -> assertThat(refused.reason()).contains("not there any more"));
        assertThat(approvals.use(key, deed(key, "{}"), token))
                .isInstanceOfSatisfying(
                        Use.Refused.class,
                        refused -> assertThat(refused.reason()).contains("another instance"));
    }

    @Test
    void anExpiredTokenIsRefusedThoughItWasGranted(TestInfo test) {
        var key = instance(test);
        var deed = deed(key, "{}");
        var before = new Approvals(api.client(), Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-25)));
        var token = before.token(deed).toString();
        annotate(key, token);

        assertThat(approvals.use(key, deed, token))
                .isInstanceOfSatisfying(
                        Use.Refused.class,
                        refused -> assertThat(refused.reason()).contains("expired at"));
        assertThat(approvals.grant(key, token))
                .isInstanceOfSatisfying(
                        Grant.Refused.class,
                        refused -> assertThat(refused.reason()).contains("expired at"));
    }

    @Test
    void aGrantOverRestIsTheSameAsOneByAnnotation(TestInfo test) {
        // Given
        var key = instance(test);
        var deed = deed(key, "{}");
        var token = approvals.token(deed).toString();
        annotate(key, "1-nonsense");

        // When, Then
        assertThat(approvals.grant(key, token)).isInstanceOf(Grant.Done.class);
        assertThat(resource(key).get().getMetadata().getAnnotations()).containsEntry("pgherd.dev/approved", token);
        assertThat(approvals.use(key, deed, token)).isInstanceOf(Use.Done.class);
        assertThat(approvals.grant(new InstanceKey("default", "nobody"), token)).isInstanceOf(Grant.NoInstance.class);
        assertThat(approvals.grant(key, "true"))
                .isInstanceOfSatisfying(
                        Grant.Refused.class,
                        refused -> assertThat(refused.reason()).contains("32 letters and digits"));
    }

    @Test
    void aFormThatCountedLeavesNothingToTheNext(TestInfo test) {
        var key = instance(test);
        var deed = deed(key, "{}");
        var forms = Approvals.forms(resource(key).get());

        assertThat(approvals.useForm(key, deed, forms)).isInstanceOf(Use.Done.class);
        assertThat(approvals.useForm(key, deed, forms)).isInstanceOf(Use.Refused.class);
        assertThat(approvals.useForm(key, deed, forms + 1)).isInstanceOf(Use.Done.class);
        assertThat(Approvals.forms(resource(key).get())).isEqualTo(forms + 2);
    }

    private InstanceKey instance(TestInfo test) {
        var name = "i" + Integer.toHexString(test.getDisplayName().hashCode());
        api.instance("default", name, Map.of());
        return new InstanceKey("default", name);
    }

    private Deed deed(InstanceKey key, String arguments) {
        return Deed.to(resource(key).get(), "anna", "drop_postgres_instance", arguments);
    }

    private void annotate(InstanceKey key, String value) {
        resource(key).edit(instance -> {
            instance.getMetadata().setAnnotations(Map.of("pgherd.dev/approved", value));
            return instance;
        });
    }

    private Resource<PostgresInstance> resource(InstanceKey key) {
        return api.client()
                .resources(PostgresInstance.class)
                .inNamespace(key.namespace())
                .withName(key.name());
    }
}
