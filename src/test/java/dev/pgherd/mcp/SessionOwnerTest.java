package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session id that somebody else has heard of opens nothing. */
class SessionOwnerTest extends EchoFixture {

    private static final String CALL = """
            {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"echo","arguments":{"text":"hello"}}}""";

    @Test
    void aSessionBelongsToTheCredentialsThatOpenedIt() throws Exception {
        // Given
        var session = session("Authorization", "Bearer mine");

        // Then
        assertThat(call(session, "Authorization", "Bearer mine").body()).contains("hello");
        assertUnknown(call(session, "Authorization", "Bearer yours"));
        assertUnknown(call(session));
    }

    @Test
    void aSessionWithoutCredentialsIsNotForThoseWhoHaveSome() throws Exception {
        // Given
        var session = session();

        // Then
        assertThat(call(session).body()).contains("hello");
        assertUnknown(call(session, "Authorization", "Bearer mine"));
    }

    @Test
    void aForeignSessionCanNeitherBeListenedToNorEnded() throws Exception {
        // Given
        var session = session("Authorization", "Bearer mine");

        // When
        var listened = mcp.send(mcp.request("Mcp-Session-Id", session).GET());
        var ended = mcp.send(mcp.request("Mcp-Session-Id", session, "Authorization", "Bearer yours")
                .DELETE());

        // Then
        assertUnknown(listened);
        assertUnknown(ended);
        assertThat(call(session, "Authorization", "Bearer mine").statusCode()).isEqualTo(200);
    }

    private String session(String... headers) throws Exception {
        return mcp.post(McpFixture.INITIALIZE, headers)
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    private HttpResponse<String> call(String session, String... headers) throws Exception {
        var all = new ArrayList<>(List.of("Mcp-Session-Id", session));
        all.addAll(List.of(headers));
        return mcp.post(CALL, all.toArray(String[]::new));
    }

    private static void assertUnknown(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("-32001", "Unknown session").doesNotContain("hello");
    }
}
