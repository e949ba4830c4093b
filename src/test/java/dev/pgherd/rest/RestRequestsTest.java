package dev.pgherd.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nobody should send. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestRequestsTest {

    private RestFixture rest;

    @BeforeAll
    void start(@TempDir Path directory) {
        rest = new RestFixture(directory, Map.of());
    }

    @AfterAll
    void stop() {
        rest.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/instances | {\"nam\": \"x\"} | Unknown field 'nam'. Allowed are: name, namespace",
                "/instances | {\"name\": 7} | 'name' must be a text",
                "/instances | {\"name\": \"Shop\"} | 'name' must be lower-case",
                "/instances | {\"wait_seconds\": 7} | Unknown field 'wait_seconds'",
                "/instances | {\"instance\": \"x\"} | Unknown field 'instance'",
                "/instances | {\"storage_size\": \"big\"} | a quantity",
                "/instances | {\"postgres_version\": 9} | from 14 to 18",
                "/instances | [] | must be a JSON object",
                "/instances | null | must be a JSON object",
                "/instances | {\"name\": | line 1, column",
                "/instances | {} {} | not JSON",
                "/instances | {\"name\": \"a\", \"name\": \"b\"} | not JSON",
                "/instances | {\"description\": \"\\ud800\"} | surrogate",
                "/instances | {\"description\": 1e99999999999} | exponent is too large",
                "/instances?wait=soon | {} | 'wait' must be a whole number",
                "/instances?wait=-1 | {} | from 0",
                "/instances?dry=1 | {} | Unknown parameter 'dry'. Allowed are: wait",
                "/instances?wait=1&wait=2 | {} | 'wait' is there more than once",
                "/instances/default/Shop/query | {\"sql\": \"SELECT 1\"} | lower-case",
                "/instances/default/shop/query | {} | 'sql' is missing",
                "/instances/default/shop/query | {\"sql\": \"\"} | 'sql' must be a text",
                "/instances/default/shop/query | {\"sql\": \"SELECT 1\", \"instances\": []} | Unknown field 'instances'"
            })
    void whatIsWrongIsNamed(String path, String body, String detail) throws Exception {
        var refused = rest.post(path, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.detail()).contains(detail);
    }

    @Test
    void aBodyIsJsonAndSaysSo() throws Exception {
        assertThat(rest.send("POST", "/instances", "{}").status()).isEqualTo(415);
        assertThat(rest.send("POST", "/instances", "name=x", "Content-Type", "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(415);
        assertThat(rest.send("POST", "/instances", "{}", "Content-Type", "text/plain")
                        .detail())
                .contains("application/json");
        assertThat(rest.send("POST", "/instances", "{", "Content-Type", "Application/JSON; charset=utf-8")
                        .status())
                .isEqualTo(400);
        assertThat(rest.send("POST", "/instances", "", "Content-Type", "application/json")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aBodyThatIsTooLongIs413() throws Exception {
        var tooLong = "{\"description\": \"" + "x".repeat(RestFixture.LONGEST_BODY) + "\"}";

        assertThat(rest.post("/instances", tooLong).status()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /instances, 'GET, HEAD, OPTIONS, POST'",
        "POST, /instances/a/b, 'DELETE, GET, HEAD, OPTIONS, PATCH'",
        "GET, /instances/a/b/query, 'OPTIONS, POST'",
        "DELETE, /openapi.json, 'GET, HEAD, OPTIONS'",
        "TRACE, /instances, 'GET, HEAD, OPTIONS, POST'"
    })
    void anotherMethodIs405AndSaysWhichThereAre(String method, String path, String allowed) throws Exception {
        var refused = rest.send(method, path, "");
        var asked = rest.send("OPTIONS", path, "");

        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("Allow")).isEqualTo(allowed);
        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.header("Allow")).isEqualTo(allowed);
    }

    @Test
    void headIsGetWithoutTheBody() throws Exception {
        var whole = rest.get("/openapi.json");
        var head = rest.send("HEAD", "/openapi.json", "");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(head.header("Content-Length")).isEqualTo("" + whole.text().length());
    }

    @ParameterizedTest
    @CsvSource({"''", "/", "/instance", "/instances/", "/instances/a", "/instances/a/b/c", "/v1"})
    void anywhereElseIs404AndSaysWhereTheDocumentIs(String path) throws Exception {
        var refused = rest.get(path);

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.detail()).contains("/api/v1/openapi.json");
    }

    @Test
    void whoGropesIsToldOfAllThereIs() throws Exception {
        for (var path : new String[] {"", "/", "/../..", "/.."}) {
            assertThat(rest.get(path).detail())
                    .isEqualTo("There is nothing here; there are: /api/v1/openapi.json, /health, /metrics.");
        }
    }

    @ParameterizedTest
    @CsvSource({"/instances;x=1", "/instances/default/shop;x=1", "/instances;/default/shop"})
    void aParameterInThePathIs400(String path) throws Exception {
        var refused = rest.get(path);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.detail()).contains("';'");
    }

    @Test
    void theDocumentIsServedAsItIs() throws Exception {
        var served = rest.get("/openapi.json");

        assertThat(served.json()).isEqualTo(OpenApiDocument.load().json());
        assertThat(served.json().path("openapi").asText()).startsWith("3.1");
    }

    @Test
    void aPageOfAForeignOriginIsRefused() throws Exception {
        var refused = rest.send("GET", "/instances", "", "Origin", "https://evil.example.com");

        assertThat(refused.status()).isEqualTo(403);
    }
}
