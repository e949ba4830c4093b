package dev.pgherd.mcp.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    private static RpcMessage parse(String json) {
        return RpcMessage.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
