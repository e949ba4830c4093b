package dev.pgherd.operator.lifecycle;

import static dev.pgherd.operator.lifecycle.Instances.NOON;
import static dev.pgherd.operator.lifecycle.Instances.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.api.v1alpha1.ExpirationPolicy;
import dev.pgherd.api.v1alpha1.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {

    private static Expiry expiry(String lifecycle) {
        return Expiry.of(instance("{lifecycle: " + lifecycle + "}")).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "60s, 60",
        "1m, 60",
        "90m, 5400",
        "1h30m, 5400",
        "30m1h, 5400",
        "1d1h1m1s, 90061",
        "1h1h, 7200",
        "007m, 420",
        "0d1m, 60"
    })
    void aTtlIsAddedUp(String ttl, long seconds) {
        assertThat(expiry("{ttl: " + ttl + "}").at()).isEqualTo(NOON.plusSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999d", "999999d999999d999999d999999d", "999999h999999m999999s"})
    void theLongestTtlOverflowsNothing(String ttl) {
        // When
        var expiry = expiry("{ttl: " + ttl + "}");

        // Then
        assertThat(expiry.at()).isAfter(NOON).isBeforeOrEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
        assertThat(expiry.at().toString()).hasSize("2026-11-21T12:00:00Z".length());
        assertThat(expiry.untilNextTurn(NOON)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P7D", "-1m", "1.5h", "1000000d", "1 h", "h"})
    void whatIsNoLengthOfTimeIsRefused(String ttl) {
        assertThatThrownBy(() -> TimeSpan.parse(ttl)).hasMessageContaining(ttl);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T13:00:00Z, 2026-11-21T13:00:00Z",
        "2026-11-21T13:00:00+02:00, 2026-11-21T11:00:00Z",
        "2026-11-21T13:00:00.999Z, 2026-11-21T13:00:00Z",
        "2020-01-01T00:00:00Z, 2020-01-01T00:00:00Z"
    })
    void anExpirationTimeIsTakenAsItIs(String time, Instant at) {
        assertThat(expiry("{expirationTime: '" + time + "'}").at()).isEqualTo(at);
    }

    @Test
    void anExpirationTimeThatIsNoneIsNamed() {
        assertThatThrownBy(() -> expiry("{expirationTime: tomorrow}"))
                .hasMessageContaining("spec.lifecycle.expirationTime is 'tomorrow'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{lifecycle: {}}", "{lifecycle: {idleTimeout: 5m}}"})
    void withoutEitherThereIsNoEnd(String spec) {
        assertThat(Expiry.of(instance(spec))).isEmpty();
    }

    @Test
    void theWarningComesATenthOfTheLifeBeforeButAtMostTenMinutes() {
        assertThat(expiry("{ttl: 10m}").warned()).isEqualTo(NOON.plus(Duration.ofMinutes(9)));
        assertThat(expiry("{ttl: 100m}").warned()).isEqualTo(NOON.plus(Duration.ofMinutes(90)));
        assertThat(expiry("{ttl: 7d}").warned())
                .isEqualTo(NOON.plus(Duration.ofDays(7)).minus(Duration.ofMinutes(10)));
        assertThat(expiry("{expirationTime: '2020-01-01T00:00:00Z'}").warned())
                .isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
    }

    @Test
    void eachTurnIsReachedInItsVerySecondAndWaitedForUntilThen() {
        // Given
        var expiry = expiry("{ttl: 10m}");
        var warned = NOON.plus(Duration.ofMinutes(9));
        var end = NOON.plus(Duration.ofMinutes(10));

        // Then
        assertThat(expiry.untilNextTurn(NOON)).hasValue(Duration.ofMinutes(9));
        assertThat(expiry.near(warned.minusNanos(1))).isFalse();
        assertThat(expiry.near(warned)).isTrue();
        assertThat(expiry.untilNextTurn(warned)).hasValue(Duration.ofMinutes(1));
        assertThat(expiry.reached(end.minusNanos(1))).isFalse();
        assertThat(expiry.reached(end)).isTrue();
        assertThat(expiry.near(end)).isTrue();
        assertThat(expiry.untilNextTurn(end)).isEmpty();
    }

    @Test
    void aClockThatIsSetBackTakesNothingWithIt() {
        // Given
        var expiry = expiry("{ttl: 10m}");

        // Then
        assertThat(expiry.reached(NOON.minus(Duration.ofDays(1)))).isFalse();
        assertThat(expiry.untilNextTurn(NOON.minus(Duration.ofDays(1))))
                .hasValue(Duration.ofDays(1).plusMinutes(9));
    }

    @Test
    void deletingIsWhatHappensUnlessTheSpecSaysOtherwise() {
        assertThat(expiry("{ttl: 1h}").then()).isEqualTo(ExpirationPolicy.Delete);
        assertThat(expiry("{ttl: 1h, onExpiration: Hibernate}").then()).isEqualTo(ExpirationPolicy.Hibernate);
    }
}
