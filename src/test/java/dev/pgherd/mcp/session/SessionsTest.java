package dev.pgherd.mcp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.pgherd.mcp.method.Listing;
import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.rpc.Credentials;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.tool.ClientCapabilities;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final Credentials NONE = new Credentials(Optional.empty());

    private final AtomicLong now = new AtomicLong();
    private final Sessions sessions = new Sessions(Duration.ofHours(1), now::incrementAndGet, new SessionBounds(3, 2));

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void whoeverHasItsShareLosesItsOwnLongestIdleSessionAndNobodyElseDoes() {
        // Given
        var theirs = used("other");
        var first = used("eager");
        var second = used("eager");

        // When
        var third = open("eager").orElseThrow();

        // Then
        assertThat(isThere(first)).isFalse();
        assertThat(isThere(theirs)).isTrue();
        assertThat(isThere(second)).isTrue();
        assertThat(isThere(third)).isTrue();
    }

    @Test
    void whenAllPlacesAreTakenASessionThatWasNeverUsedEndsFirst() {
        // Given
        var old = used("a");
        var unused = open("b").orElseThrow();
        var young = used("c");

        // When
        var next = open("d").orElseThrow();

        // Then
        assertThat(isThere(unused)).isFalse();
        assertThat(isThere(old)).isTrue();
        assertThat(isThere(young)).isTrue();
        assertThat(isThere(next)).isTrue();
        assertThat(sessions.size()).isEqualTo(3);
    }

    @Test
    void sessionsInWhichSomethingRunsAreNotEndedForOthers() {
        // Given
        for (var address = 0; address < 3; address++) {
            open("address " + address).orElseThrow().begin(sessions.now());
        }

        // Then
        assertThat(open("late")).isEmpty();
        assertThat(sessions.size()).isEqualTo(3);
    }

    @Test
    void aSessionFollowsSoManyResourcesAndMoreWhenItLeavesSome() {
        // Given
        var session = open("a").orElseThrow();
        for (var number = 0; number < 1_000; number++) {
            session.follow("x:" + number);
        }

        // Then
        session.follow("x:1");
        assertThatThrownBy(() -> session.follow("y:1"))
                .isInstanceOfSatisfying(
                        RpcException.class,
                        e -> assertThat(e.answer(200, NullNode.getInstance()).message())
                                .contains("1000 resources", "resources/unsubscribe"));
        session.leave("x:1");
        session.follow("y:1");
    }

    @Test
    void aSessionHearsOfChangesWhenItsClientIsReadyAndNotBefore() {
        // Given
        var news = new News.ListChanged(Listing.TOOLS);
        var session = open("a").orElseThrow();
        session.took(message("{'id': 1, 'method': 'ping'}"));
        session.took(message("{'method': 'notifications/cancelled', 'params': {'requestId': 1}}"));
        assertThat(session.wants(news)).isFalse();

        // When
        session.took(message("{'method': 'notifications/initialized'}"));

        // Then
        assertThat(session.wants(news)).isTrue();
    }

    @Test
    void aClientThatAsksForSomethingIsReadyWithoutSayingSo() {
        var session = open("a").orElseThrow();

        session.took(message("{'id': 1, 'method': 'tools/list'}"));

        assertThat(session.wants(new News.ListChanged(Listing.TOOLS))).isTrue();
    }

    private static RpcMessage message(String json) {
        return RpcMessage.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private OpenSession used(String address) {
        var session = open(address).orElseThrow();
        session.begin(sessions.now());
        session.end(sessions.now());
        return session;
    }

    private Optional<OpenSession> open(String address) {
        return sessions.open(new Opener(address, NONE, new ClientCapabilities(false, false, false), "2025-11-25"));
    }

    private boolean isThere(OpenSession session) {
        return sessions.find(session.id(), NONE).isPresent();
    }
}
