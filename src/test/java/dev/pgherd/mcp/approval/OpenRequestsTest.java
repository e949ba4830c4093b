package dev.pgherd.mcp.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.InstanceKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenRequestsTest {

    private static final InstanceKey SHOP = new InstanceKey("default", "shop");
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final OpenRequests requests = new OpenRequests(Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void whatIsAskedIsFoundByItsTokenAndItsInstance() {
        requests.add(SHOP, token(1, 60), "drop it");

        assertThat(found(token(1, 60))).contains("drop it");
        assertThat(found(token(2, 60))).isEmpty();
        assertThat(requests.find(
                        new InstanceKey("default", "other"), token(1, 60).toString()))
                .isEmpty();
    }

    @Test
    void whatExpiredIsNotThere() {
        requests.add(SHOP, token(1, 0), "drop it");

        assertThat(found(token(1, 0))).isEmpty();
    }

    @Test
    void whatIsUsedIsNotThereUntilItIsAskedForAnew() {
        requests.add(SHOP, token(1, 60), "drop it");
        requests.add(SHOP, token(2, 60), "fill it");

        requests.remove(token(1, 60).toString());

        assertThat(found(token(1, 60))).isEmpty();
        assertThat(found(token(2, 60))).contains("fill it");
        requests.add(SHOP, token(1, 60), "drop it");
        assertThat(found(token(1, 60))).contains("drop it");
    }

    @Test
    void manyThatAreAskedTakeThePlaceOfTheOldest() {
        for (var call = 0; call <= 200; call++) {
            requests.add(SHOP, token(call, 60), "call " + call);
        }

        assertThat(found(token(0, 60))).isEmpty();
        assertThat(found(token(1, 60))).contains("call 1");
        assertThat(found(token(200, 60))).contains("call 200");
    }

    private Optional<String> found(ApprovalToken token) {
        return requests.find(SHOP, token.toString()).map(OpenRequest::what);
    }

    private static ApprovalToken token(int call, int seconds) {
        return new ApprovalToken(NOW.plusSeconds(seconds).getEpochSecond(), "digest" + call);
    }
}
