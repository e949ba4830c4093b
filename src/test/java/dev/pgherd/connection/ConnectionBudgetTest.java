package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.connection.ConnectionBudget.Permit;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ConnectionBudgetTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(120);

    private final ConnectionBudget budget = new ConnectionBudget(2);
    private final Pool shop = new Pool();
    private final Pool other = new Pool();

    @Test
    void givesAsManyAsThereMayBeAndSaysWhenThereAreNoMore() throws Exception {
        // Given
        budget.acquire(shop, SHORT);
        var second = budget.acquire(other, SHORT);

        // Then
        assertThatThrownBy(() -> budget.acquire(shop, SHORT))
                .isInstanceOf(NoConnectionLeftException.class)
                .hasMessage("all 2 connections that may be open over all instances are in use");
        assertThat(budget.waiting()).isZero();
        second.release();
        second.release();
        assertThat(budget.used()).isEqualTo(1);
    }

    @Test
    void thePoolThatWasUsedLastIsTheLastToGiveWay() throws Exception {
        // Given
        var older = new Pool();
        older.held.add(budget.acquire(older, SHORT));
        older.callers = false;
        other.held.add(budget.acquire(other, SHORT));
        other.callers = false;
        older.lastUse = 1;
        other.lastUse = 2;

        // When
        budget.acquire(shop, LONG);

        // Then
        assertThat(older.held).isEmpty();
        assertThat(other.held).hasSize(1);
    }

    @Test
    void anUnusedPoolGivesWayBeforeOneThatIsInUse() throws Exception {
        // Given
        var older = new Pool();
        older.held.add(budget.acquire(older, SHORT));
        older.callers = false;
        older.inUse = true;
        other.held.add(budget.acquire(other, SHORT));
        other.callers = false;
        other.lastUse = 2;

        // When
        budget.acquire(shop, LONG);

        // Then
        assertThat(other.held).isEmpty();
        assertThat(older.held).hasSize(1);
    }

    @Test
    void connectionsInReserveDoNotPushOthersOut() throws Exception {
        // Given
        other.held.add(budget.acquire(other, SHORT));
        other.held.add(budget.acquire(other, SHORT));
        shop.callers = false;

        // Then
        assertThatThrownBy(() -> budget.acquire(shop, LONG)).isInstanceOf(NoConnectionLeftException.class);
        assertThat(other.held).hasSize(2);
    }

    @Test
    void poolsAreServedInTheOrderInWhichTheyCame() throws Exception {
        // Given
        var first = budget.acquire(other, SHORT);
        var second = budget.acquire(other, SHORT);
        var served = new ConcurrentLinkedQueue<Pool>();
        var pools = List.of(new Pool(), new Pool(), new Pool());
        var waits = new ArrayList<CompletableFuture<Permit>>();
        for (var pool : pools) {
            var queued = budget.waiting();
            waits.add(CompletableFuture.supplyAsync(() -> acquired(pool, served), task -> new Thread(task).start()));
            Awaitility.await().until(() -> budget.waiting() == queued + 1);
        }

        // Then
        assertThat(budget.wantedByAnother(other)).isTrue();
        first.release();
        waits.get(0).get(20, TimeUnit.SECONDS);
        second.release();
        waits.get(1).get(20, TimeUnit.SECONDS);
        assertThat(budget.wantedByAnother(pools.get(2))).isFalse();
        waits.get(0).join().release();
        waits.get(2).get(20, TimeUnit.SECONDS);
        assertThat(served).containsExactlyElementsOf(pools);
        assertThat(budget.used()).isEqualTo(2);
    }

    @Test
    void whoFailsToWaitLeavesNoPlaceInTheQueue() throws Exception {
        // Given
        other.held.add(budget.acquire(other, SHORT));
        other.held.add(budget.acquire(other, SHORT));
        other.callers = false;
        other.stubborn = true;

        // When
        assertThatThrownBy(() -> budget.acquire(shop, LONG)).hasMessage("cannot give way");

        // Then
        assertThat(budget.waiting()).isZero();
        other.stubborn = false;
        other.giveWay();
        assertThat(budget.used()).isZero();
    }

    private Permit acquired(Pool pool, ConcurrentLinkedQueue<Pool> served) {
        try {
            var permit = budget.acquire(pool, LONG);
            served.add(pool);
            return permit;
        } catch (NoConnectionLeftException e) {
            throw new AssertionError(e);
        }
    }

    /** Its connections are idle ones. */
    private static final class Pool implements Claimant {

        private final ConcurrentLinkedQueue<Permit> held = new ConcurrentLinkedQueue<>();
        private boolean callers = true;
        private boolean inUse;
        private boolean stubborn;
        private long lastUse;

        @Override
        public boolean hasCallers() {
            return callers;
        }

        @Override
        public boolean hasIdle() {
            return !held.isEmpty();
        }

        @Override
        public boolean inUse() {
            return inUse;
        }

        @Override
        public long lastUse() {
            return lastUse;
        }

        @Override
        public void giveWay() {
            if (stubborn) {
                throw new IllegalStateException("cannot give way");
            }
            for (var permit = held.poll(); permit != null; permit = held.poll()) {
                permit.release();
            }
        }

        @Override
        public void connected() {
            callers = false;
        }

        @Override
        public void failed(SQLException reason) {
            throw new AssertionError(reason);
        }
    }
}
