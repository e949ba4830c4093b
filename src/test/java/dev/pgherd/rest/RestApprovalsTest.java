package dev.pgherd.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A person approves over REST what was refused for want of that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestApprovalsTest {

    private static final Pattern TOKEN = Pattern.compile("approval \"([0-9]+-[a-z2-7]+)\"");
    private static final String KEY = "a key that people keep";
    private static final String PATH = "/instances/default/%s/approvals";

    private RestFixture rest;
    private Path keyFile;

    @BeforeAll
    void start(@TempDir Path directory, @TempDir Path keys) throws Exception {
        keyFile = Files.writeString(keys.resolve("key"), KEY + "\n");
        rest = new RestFixture(directory, Map.of(), Optional.of(keyFile));
    }

    @AfterAll
    void stop() {
        rest.close();
    }

    @Test
    void whatAPersonApprovesHappensOnce() throws Exception {
        // Given
        guarded("shop");
        var drop = "/instances/default/shop?confirm=shop";
        var refused = rest.send("DELETE", drop, "");
        assertThat(refused.status()).isEqualTo(403);
        var token = token(refused.detail());

        // When
        var early = rest.send("DELETE", drop + "&approval=" + token, "");
        var approved = approve("shop", token, "Bearer " + KEY);
        var open = look("shop", token);
        var late = rest.send("DELETE", drop + "&approval=" + token, "");

        // Then
        assertThat(early.status()).isEqualTo(403);
        assertThat(approved.status()).isEqualTo(200);
        assertThat(approved.json().path("token").asText()).isEqualTo(token);
        assertThat(late.status()).isEqualTo(200);
        assertThat(rest.cluster().instance("default", "shop").get()).isNull();
        assertThat(open.status()).isEqualTo(200);
        assertThat(look("shop", token).detail()).contains("it has been used");
    }

    @Test
    void aPersonSeesAllOfItAndAgentsDoNot() throws Exception {
        // Given
        guarded("seen");
        var sql = "CREATE TABLE t (note text DEFAULT 'what agents must not see')";
        var token = token(rest.post("/instances/default/seen/execute", "{\"sql\": \"%s\"}".formatted(sql))
                .detail());

        // Then
        var shown = look("seen", token);
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.json().path("what").asText()).isEqualTo("Run in default/seen:\n" + sql);
        assertThat(rest.get(PATH.formatted("seen") + "/" + token).status()).isEqualTo(401);
        assertThat(look("shop", token).detail()).contains("Another replica may have");
        assertThat(rest.get("/instances/default/seen").text()).doesNotContain("must not see");
    }

    @Test
    void othersCannotUseWhatOneWasGranted() throws Exception {
        // Given
        guarded("mine");
        var drop = "/instances/default/mine?confirm=mine";
        var token = token(
                rest.send("DELETE", drop, "", "Authorization", "Bearer ada").detail());
        approve("mine", token, "Bearer " + KEY);

        // When, Then
        assertThat(rest.send("DELETE", drop + "&approval=" + token, "", "Authorization", "Bearer eve")
                        .detail())
                .contains("another caller");
        assertThat(rest.send("DELETE", drop + "&approval=" + token, "").detail())
                .contains("another caller");
        assertThat(rest.send("DELETE", drop + "&approval=" + token, "", "Authorization", "Bearer ada")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void peopleAreNotFloodedWithQuestions() throws Exception {
        guarded("busy");
        for (var call = 0; call < 10; call++) {
            assertThat(create("busy", call).status()).isEqualTo(403);
        }

        var flood = create("busy", 10);

        assertThat(flood.status()).isEqualTo(429);
        assertThat(flood.detail()).contains("Nothing was done", "at most 10 calls of default/busy a minute");
        assertThat(rest.cluster()
                        .client()
                        .v1()
                        .events()
                        .inNamespace("default")
                        .list()
                        .getItems())
                .filteredOn(event -> event.getInvolvedObject().getName().equals("busy"))
                .hasSize(10);
    }

    @Test
    void whoDoesNotShowTheKeyApprovesNothing() throws Exception {
        guarded("bare");
        var refused = rest.post("/instances/default/bare/execute", "{\"sql\": \"CREATE TABLE t (id int)\"}");
        var token = token(refused.detail());

        assertThat(approve("bare", token, "Bearer something else altogether").status())
                .isEqualTo(401);
        assertThat(approve("bare", token, "Basic " + KEY).status()).isEqualTo(401);
        var without = rest.post(PATH.formatted("bare"), "{\"token\": \"%s\"}".formatted(token));
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(without.text()).doesNotContain(KEY);
        assertThat(rest.cluster()
                        .instance("default", "bare")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .isNullOrEmpty();
    }

    @Test
    void withoutAKeyThatIsOneNobodyApproves() {
        assertThat(RefusedStatus.of(() -> new ApprovalKey(Optional.empty()).require(Optional.of(""))))
                .isEqualTo(403);
        assertThat(RefusedStatus.of(
                        () -> new ApprovalKey(Optional.of(Path.of("/no/such/file"))).require(Optional.of(""))))
                .isEqualTo(403);
    }

    @Test
    void aKeyThatIsTooShortIsNone(@TempDir Path directory) throws Exception {
        var file = Files.writeString(directory.resolve("key"), "short");

        assertThat(RefusedStatus.of(() -> new ApprovalKey(Optional.of(file)).require(Optional.of("short"))))
                .isEqualTo(403);
    }

    @Test
    void onlyTokensOfInstancesThatThereAreCanBeApproved() throws Exception {
        guarded("other");

        var nonsense = approve("other", "yes", "Bearer " + KEY);
        assertThat(nonsense.status()).isEqualTo(400);
        assertThat(nonsense.detail()).contains("32 letters and digits");
        assertThat(approve("nobody", "yes", "Bearer " + KEY).status()).isEqualTo(404);
        assertThat(rest.send(
                                "POST",
                                PATH.formatted("other"),
                                "{\"token\": 7}",
                                "Content-Type",
                                "application/json",
                                "Authorization",
                                "Bearer " + KEY)
                        .status())
                .isEqualTo(400);
    }

    private RestReply create(String instance, int table) throws Exception {
        return rest.post(
                "/instances/default/%s/execute".formatted(instance),
                "{\"sql\": \"CREATE TABLE t%d ()\"}".formatted(table));
    }

    /** One for which nothing has been reported, which is enough to be asked about. */
    private void guarded(String name) {
        var instance = new PostgresInstance();
        instance.setMetadata(
                new ObjectMetaBuilder().withNamespace("default").withName(name).build());
        instance.setSpec(Given.spec("agentAccess: {requireApproval: [Delete, DDL]}"));
        rest.cluster().client().resource(instance).create();
    }

    private RestReply approve(String name, String token, String authorization) throws Exception {
        return rest.send(
                "POST",
                PATH.formatted(name),
                "{\"token\": \"%s\"}".formatted(token),
                "Content-Type",
                "application/json",
                "Authorization",
                authorization);
    }

    private RestReply look(String name, String token) throws Exception {
        return rest.send("GET", PATH.formatted(name) + "/" + token, "", "Authorization", "Bearer " + KEY);
    }

    private static String token(String refusal) {
        var found = TOKEN.matcher(refusal);
        assertThat(found.find()).as(refusal).isTrue();
        return found.group(1);
    }

    /** The status of what is refused; 0 for what is not. */
    private static final class RefusedStatus {

        static int of(Runnable attempt) {
            try {
                attempt.run();
                return 0;
            } catch (RefusedException e) {
                return e.problem().status();
            }
        }
    }
}
