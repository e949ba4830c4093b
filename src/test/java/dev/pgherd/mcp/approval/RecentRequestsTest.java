package dev.pgherd.mcp.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.InstanceKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RecentRequestsTest {

    private static final InstanceKey SHOP = new InstanceKey("default", "shop");

    private Instant now = Instant.parse("2026-11-20T10:00:00Z");
    private final RecentRequests requests = new RecentRequests(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    });

    @Test
    void peopleAreAskedAboutSoManyCallsOfAnInstanceAMinute() {
        // Given
        for (var call = 0; call < ApprovalRecord.MOST_A_MINUTE; call++) {
            assertThat(requests.take(SHOP, "call " + call)).isZero();
            now = now.plusSeconds(1);
        }

        // When, Then
        assertThat(requests.take(SHOP, "one more")).isEqualTo(Duration.ofSeconds(50));
        assertThat(requests.take(SHOP, "call 3")).isZero();
        assertThat(requests.take(new InstanceKey("default", "other"), "one more"))
                .isZero();
        now = now.plusSeconds(50);
        assertThat(requests.take(SHOP, "one more")).isZero();
        assertThat(requests.take(SHOP, "and another")).isEqualTo(Duration.ofSeconds(1));
    }
}
