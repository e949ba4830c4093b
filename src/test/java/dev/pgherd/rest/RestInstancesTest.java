package dev.pgherd.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestInstancesTest {

    private RestFixture rest;

    @BeforeAll
    void start(@TempDir Path directory) {
        rest = new RestFixture(directory, Map.of());
        rest.cluster().namespace("team-a");
    }

    @AfterAll
    void stop() {
        rest.close();
    }

    @Test
    void aCreationAnswersAtOnceWithIdStatusTimesAndPlace() throws Exception {
        // When
        var created = rest.post("/instances", """
                {"name": "shop", "database_name": "orders", "description": "Orders of the shop",
                 "creator_username": "ada", "storage_size": "2Gi", "parameters": {"work_mem": "8MB"}}""");

        // Then
        var instance = rest.cluster().instance("default", "shop").require();
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1/instances/default/shop");
        assertThat(created.json().path("id").asText())
                .isEqualTo(instance.getMetadata().getUid());
        assertThat(created.json().path("status").asText()).isEqualTo("Pending");
        assertThat(created.json().path("database_name").asText()).isEqualTo("orders");
        assertThat(Instant.parse(created.json().path("created_at").asText()))
                .isBeforeOrEqualTo(
                        Instant.parse(created.json().path("updated_at").asText()));
        assertThat(instance.getMetadata().getAnnotations())
                .containsEntry("pgherd.dev/description", "Orders of the shop")
                .containsEntry("pgherd.dev/creator-username", "ada");
        assertThat(instance.wish().initdb().database()).isEqualTo("orders");
        assertThat(instance.wish().storage().size()).isEqualTo("2Gi");
        assertThat(instance.wish().postgresql().parameters()).containsEntry("work_mem", "8MB");
    }

    @Test
    void theSameNameTwiceIsAConflict() throws Exception {
        rest.post("/instances", "{\"name\": \"twice\"}");

        var second = rest.post("/instances", "{\"name\": \"twice\"}");

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.detail()).contains("already an instance 'twice'");
    }

    @Test
    void withoutANameOneIsMadeUp() throws Exception {
        var created = rest.post("/instances", "{}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(rest.get("/instances/default/" + created.json().path("name").asText())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anInstanceIsShownWithItsSpecConditionsAndWhatItIsFor() throws Exception {
        rest.post("/instances", "{\"name\": \"shown\", \"namespace\": \"team-a\", \"description\": \"seen\"}");

        var shown = rest.get("/instances/team-a/shown");

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.json().path("description").asText()).isEqualTo("seen");
        assertThat(shown.json().at("/spec/storage_size").asText()).isEqualTo("1Gi");
        assertThat(shown.json().has("phase")).isFalse();
    }

    @Test
    void aStatusThatIsReportedIsShownAndCountsAsAnUpdate() throws Exception {
        rest.running("up");

        var shown = rest.get("/instances/default/up").json();

        assertThat(shown.path("status").asText()).isEqualTo("Running");
        assertThat(shown.path("available").asBoolean()).isTrue();
        assertThat(shown.path("endpoint").path("host").asText()).isEqualTo("127.0.0.1");
    }

    @Test
    void aChangeTouchesWhatIsGivenAndSaysWhatItMeans() throws Exception {
        // Given
        rest.post("/instances", "{\"name\": \"grows\", \"parameters\": {\"work_mem\": \"8MB\"}}");

        // When
        var changed = rest.send(
                "PATCH",
                "/instances/default/grows",
                "{\"storage_size\": \"3Gi\", \"parameters\": {\"work_mem\": null}}",
                "Content-Type",
                "application/merge-patch+json");

        // Then
        var wish = rest.cluster().instance("default", "grows").require().wish();
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("changed").findValuesAsText("field"))
                .containsExactlyInAnyOrder("storage.size", "postgresql.parameters.work_mem");
        assertThat(changed.json().at("/spec/storage_size").asText()).isEqualTo("3Gi");
        assertThat(wish.storage().size()).isEqualTo("3Gi");
        assertThat(wish.postgresql().parameters()).isEmpty();
    }

    @Test
    void whatItIsForCanBeSaidAnewWithOrWithoutAnotherChange() throws Exception {
        // Given
        rest.post("/instances", "{\"name\": \"renamed\", \"description\": \"old\", \"creator_username\": \"ada\"}");
        var json = new String[] {"Content-Type", "application/json"};

        // When
        var alone = rest.send(
                "PATCH",
                "/instances/default/renamed?wait=60",
                "{\"description\": \"new\", \"creator_username\": \"ada\"}",
                json);
        var both = rest.send(
                "PATCH", "/instances/default/renamed", "{\"description\": \"newer\", \"storage_size\": \"2Gi\"}", json);

        // Then
        assertThat(alone.json().path("changed"))
                .hasToString("[{\"field\":\"description\",\"before\":\"old\",\"after\":\"new\"}]");
        assertThat(alone.json().path("description").asText()).isEqualTo("new");
        assertThat(both.json().path("changed").findValuesAsText("field"))
                .containsExactly("description", "storage.size");
        assertThat(both.json().path("description").asText()).isEqualTo("newer");
        assertThat(both.json().path("creator_username").asText()).isEqualTo("ada");
        assertThat(both.json().at("/spec/storage_size").asText()).isEqualTo("2Gi");
    }

    @Test
    void whatItIsForCanBeTakenAway() throws Exception {
        // Given
        rest.post("/instances", "{\"name\": \"plain\", \"description\": \"old\", \"creator_username\": \"ada\"}");
        var json = new String[] {"Content-Type", "application/merge-patch+json"};

        // When
        var once = rest.send("PATCH", "/instances/default/plain", "{\"description\": null}", json);
        var again = rest.send("PATCH", "/instances/default/plain", "{\"description\": \"\"}", json);

        // Then
        assertThat(once.json().path("changed"))
                .hasToString("[{\"field\":\"description\",\"before\":\"old\",\"after\":\"\"}]");
        assertThat(once.json().has("description")).isFalse();
        assertThat(once.json().path("creator_username").asText()).isEqualTo("ada");
        assertThat(again.json().path("changed")).isEmpty();
        assertThat(rest.cluster()
                        .instance("default", "plain")
                        .require()
                        .getMetadata()
                        .getAnnotations())
                .containsOnlyKeys("pgherd.dev/creator-username");
    }

    @Test
    void aChangeThatCannotBeIsRefusedAndOneOfNothingThatIsThereIs404() throws Exception {
        rest.post("/instances", "{\"name\": \"stays\", \"storage_size\": \"2Gi\"}");
        var json = new String[] {"Content-Type", "application/json"};

        var shrunk = rest.send("PATCH", "/instances/default/stays", "{\"storage_size\": \"1Gi\"}", json);
        var unknown = rest.send("PATCH", "/instances/default/stays", "{\"deletionProtection\": false}", json);
        var endless = rest.send("PATCH", "/instances/default/stays", "{\"ttl\": null}", json);
        var missing = rest.send("PATCH", "/instances/default/none", "{\"hibernated\": true}", json);

        assertThat(shrunk.status()).isEqualTo(400);
        assertThat(shrunk.detail()).contains("size can only grow");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.detail()).contains("'deletionProtection'", "storage_size");
        assertThat(endless.status()).isEqualTo(400);
        assertThat(endless.detail()).contains("'ttl'", "never");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(rest.get("/instances/default/stays")
                        .json()
                        .at("/spec/storage_size")
                        .asText())
                .isEqualTo("2Gi");
    }

    @Test
    void listsComeInPagesAndByLabel() throws Exception {
        // Given
        for (var name : new String[] {"page-1", "page-2", "page-3"}) {
            rest.cluster().create("default", name, Map.of("of", "pages"));
        }

        // When
        var first = rest.get("/instances?label_selector=of%3Dpages&limit=2");
        var second = rest.get("/instances?label_selector=of%3Dpages&limit=2&continue="
                + first.json().path("continue").asText());

        // Then
        assertThat(first.json().path("items").findValuesAsText("name")).contains("page-1", "page-2");
        assertThat(first.json().path("total").asInt()).isEqualTo(3);
        assertThat(second.json().path("items"))
                .singleElement()
                .satisfies(item -> assertThat(item.path("name").asText()).isEqualTo("page-3"));
        assertThat(second.json().has("continue")).isFalse();
        assertThat(rest.get("/instances?namespace=team-a&phase=Failed").json().path("items"))
                .isEmpty();
    }

    @Test
    void whatIsWrongHasTheNameThatItHasHere() throws Exception {
        assertThat(rest.get("/instances?continue=zzz").detail()).startsWith("Parameter 'continue' must be");
        assertThat(rest.get("/instances?phase=Asleep").detail()).startsWith("Parameter 'phase' must be one of");
        assertThat(rest.post("/instances", "{\"database_name\": \"Orders-1\"}").detail())
                .startsWith("Field 'database_name' must be");
        assertThat(rest.post("/instances?wait=-1", "{}").detail()).startsWith("Parameter 'wait' must be");
        assertThat(rest.get("/instances/default/Not_A_Name").detail()).startsWith("What follows /api/v1/instances/");
    }

    @Test
    void aDeletionNeedsTheNameOnceMore() throws Exception {
        // Given
        rest.post("/instances", "{\"name\": \"going\"}");

        // When
        var unsure = rest.send("DELETE", "/instances/default/going", "");
        var wrong = rest.send("DELETE", "/instances/default/going?confirm=coming", "");
        var stillThere = rest.get("/instances/default/going");
        var sure = rest.send("DELETE", "/instances/default/going?confirm=going&wait=30", "");

        // Then
        assertThat(unsure.status()).isEqualTo(400);
        assertThat(unsure.detail()).contains("'confirm'");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(stillThere.status()).isEqualTo(200);
        assertThat(sure.status()).isEqualTo(200);
        assertThat(rest.get("/instances/default/going").status()).isEqualTo(404);
    }

    @Test
    void whoDoesNotWaitIsToldWhetherItIsGoneYet() throws Exception {
        // Given
        rest.post("/instances", "{\"name\": \"slow\"}");
        rest.post("/instances", "{\"name\": \"quick\"}");
        rest.cluster().instance("default", "slow").edit(instance -> {
            instance.getMetadata().setFinalizers(List.of("pgherd.dev/test"));
            return instance;
        });

        // When
        var slow = rest.send("DELETE", "/instances/default/slow?confirm=slow", "");
        var quick = rest.send("DELETE", "/instances/default/quick?confirm=quick", "");

        // Then
        assertThat(slow.status()).isEqualTo(202);
        assertThat(slow.json().path("deleted").asBoolean()).isFalse();
        assertThat(rest.get("/instances/default/slow").status()).isEqualTo(200);
        assertThat(quick.status()).isEqualTo(200);
        assertThat(quick.json().path("deleted").asBoolean()).isTrue();
        assertThat(rest.get("/instances/default/quick").status()).isEqualTo(404);
    }

    @Test
    void aProtectedInstanceIsAConflict() throws Exception {
        rest.post("/instances", "{\"name\": \"kept\"}");
        rest.cluster().instance("default", "kept").edit(instance -> {
            instance.setSpec(Given.spec("{\"deletionProtection\": true}"));
            return instance;
        });

        var refused = rest.send("DELETE", "/instances/default/kept?confirm=kept", "");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).contains("protected");
    }

    @Test
    void whatIsNotThereIs404WithNamesThatAre() throws Exception {
        rest.post("/instances", "{\"name\": \"nearly\"}");

        var missing = rest.get("/instances/default/nearby");

        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.detail()).contains("no instance 'nearby'", "nearly", "GET /api/v1/instances shows all");
    }
}
