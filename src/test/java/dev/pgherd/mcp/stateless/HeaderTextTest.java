package dev.pgherd.mcp.stateless;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {

    @ParameterizedTest
    @CsvSource({
        "us-west1, us-west1",
        "=?base64?SGVsbG8sIOS4lueVjA==?=, 'Hello, 世界'",
        "=?base64?IHBhZGRlZCA=?=, ' padded '",
        "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=, =?base64?literal?=",
        "=?base64??=, ''",
        "=?BASE64?eA==?=, =?BASE64?eA==?=",
        "=?base64?, =?base64?"
    })
    void readsWhatClientsSend(String header, String text) {
        assertThat(HeaderText.decode(header)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Welt 世界", "=?base64?%%%?=", "=?base64?/w==?=", "a\u0007b"})
    void refusesWhatNoClientMaySend(String header) {
        assertThat(HeaderText.decode(header)).isEmpty();
    }
}
