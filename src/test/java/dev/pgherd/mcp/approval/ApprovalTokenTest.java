package dev.pgherd.mcp.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalTokenTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:03:00Z");
    private static final Deed DEED = new Deed("anna", "uid-1", 3, "drop_postgres_instance", "{\"instance\":\"shop\"}");

    @Test
    void theSameCallHasTheSameTokenForAWhile() {
        var token = ApprovalToken.of(DEED, NOW);

        assertThat(ApprovalToken.of(DEED, NOW.plus(Duration.ofMinutes(1)))).isEqualTo(token);
        assertThat(ApprovalToken.of(DEED, NOW.plus(Duration.ofMinutes(3)))).isNotEqualTo(token);
        assertThat(token.expiresAt()).isEqualTo("2026-11-21T12:20:00Z");
    }

    @Test
    void aTokenIsWrittenAsItIsRead() {
        var token = ApprovalToken.of(DEED, NOW);

        assertThat(token.toString()).matches("[0-9]{10}-[a-z2-7]{32}");
        assertThat(ApprovalToken.parse(token.toString())).hasValue(token);
    }

    @ParameterizedTest
    @MethodSource("others")
    void aTokenStandsForOneDeed(Deed other) {
        assertThat(ApprovalToken.of(DEED, NOW).standsFor(DEED)).isTrue();
        assertThat(ApprovalToken.of(DEED, NOW).standsFor(other)).isFalse();
    }

    static Stream<Deed> others() {
        return Stream.of(
                new Deed("eve", DEED.uid(), DEED.generation(), DEED.action(), DEED.arguments()),
                new Deed(DEED.caller(), "uid-2", DEED.generation(), DEED.action(), DEED.arguments()),
                new Deed(DEED.caller(), DEED.uid(), 4, DEED.action(), DEED.arguments()),
                new Deed(DEED.caller(), DEED.uid(), DEED.generation(), "execute", DEED.arguments()),
                new Deed(DEED.caller(), DEED.uid(), DEED.generation(), DEED.action(), "{\"instance\":\"other\"}"),
                new Deed("annauid-1", "", DEED.generation(), DEED.action(), DEED.arguments()));
    }

    @Test
    void anotherTimeMakesItAnotherToken() {
        var token = ApprovalToken.of(DEED, NOW);

        assertThat(new ApprovalToken(token.expiry() + 60, token.digest()).standsFor(DEED))
                .isFalse();
    }

    @Test
    void nobodyGivesHimselfMoreTime() {
        var year = NOW.plus(Duration.ofDays(365)).getEpochSecond();

        assertThat(new ApprovalToken(year, DEED.digest(year)).tooLong(NOW)).isTrue();
        assertThat(ApprovalToken.of(DEED, NOW).tooLong(NOW)).isFalse();
        assertThat(ApprovalToken.of(DEED, NOW).expired(NOW.plus(Duration.ofMinutes(17))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "true", "yes", "1-a", "99999999999999999999-abcdefghijklmnopqrstuvwxyz234567"})
    void anythingElseIsNoToken(String text) {
        assertThat(ApprovalToken.parse(text)).isEmpty();
    }
}
