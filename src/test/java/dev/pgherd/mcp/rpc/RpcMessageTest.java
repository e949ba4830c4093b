package dev.pgherd.mcp.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcMessageTest {

    @ParameterizedTest
    @ValueSource(strings = {"12345678901234567.89", "0.12345678901234567890123", "1.50", "1E+400", "1E+2000000000"})
    void aNumberIsReadAsItWasWritten(String number) {
        assertThat(parse("{\"params\":" + number + "}").params().decimalValue()).hasToString(number);
    }

    @Test
    void aNumberBeyondAllNumbersIsRefused() {
        var refusal = parse("{\"params\":1e99999999999}").refusal();

        assertThat(refusal).hasValueSatisfying(error -> assertThat(error.code()).isEqualTo(-32700));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | batches are for sessions of revision 2025-03-26",
                "5 | an object",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"} | The id",
                "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"} | The id",
                "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"ping\"} | The id",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5} | needs a method",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"result\":{}} | or else a result",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"id\":2} | 'id' twice",
                "{\"jsonrpc\":\"2.0\",\"params\":{\"a\":[{\"b\":{},\"b\":{}}]}} | 'b' twice"
            })
    void whatIsWrongIsNamed(String json, String defect) {
        assertThat(parse(json).refusal()).hasValueSatisfying(error -> {
            assertThat(error.code()).isEqualTo(-32600);
            assertThat(error.message()).contains(defect);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "{\"a\":1} {\"a\":1}", "{", ""})
    void whatIsNotOneJsonTextIsNoJson(String body) {
        assertThat(parse(body).refusal())
                .hasValueSatisfying(error -> assertThat(error.code()).isEqualTo(-32700));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":[]} | false",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{}} | false",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"} | true",
                "{\"method\":5} | true",
                "[] | true",
                "{ | true"
            })
    void noNotificationAndNoResponseIsAnswered(String json, boolean awaited) {
        assertThat(parse(json).isAwaited()).isEqualTo(awaited);
    }

    private static RpcMessage parse(String json) {
        return RpcMessage.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
