package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/** Calls as they are sent by hand, and what every error of the endpoint looks like. */
final class RawMessages {

    private RawMessages() {}

    static String call(String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
                .formatted(tool, arguments);
    }

    static void assertError(HttpResponse<String> answer, int status, int code, String words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body()).contains("\"jsonrpc\":\"2.0\"", "\"code\":" + code, words);
        assertClean(answer);
    }

    static void assertClean(HttpResponse<String> answer) {
        assertThat(answer.body())
                .doesNotContainIgnoringCase(
                        "exception", "stackTrace", "io.modelcontextprotocol", "jackson", "java.lang");
    }
}
