package dev.pgherd.mcp.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.connection.Credentials;
import dev.pgherd.connection.Target;
import dev.pgherd.schema.Overview;
import dev.pgherd.sql.Cancellation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SchemaCacheTest extends SchemaCacheFixture {

    @Test
    void whatWasReadIsUsedUntilItIsTooOld() {
        assertThat(ask(SHOP).age()).isZero();
        now = now.plusSeconds(59);
        var remembered = ask(SHOP);
        now = now.plusSeconds(1);
        var again = ask(SHOP);

        assertThat(remembered.age()).isEqualTo(Duration.ofSeconds(59));
        assertThat(name(remembered)).isEqualTo("reading 1");
        assertThat(name(again)).isEqualTo("reading 2");
    }

    @Test
    void whoeverWantsItFreshIsNotAnsweredFromMemory() {
        ask(SHOP);

        assertThat(name(fresh(SHOP, this::loaded))).isEqualTo("reading 2");
        assertThat(name(ask(SHOP))).isEqualTo("reading 2");
    }

    @Test
    void instancesAndPartsDoNotAnswerForOneAnother() {
        ask(SHOP);

        assertThat(name(ask(OTHER))).isEqualTo("reading 2");
        assertThat(cache.get(SHOP, new Part<Overview>("x"), false, new Cancellation(), this::loaded)
                        .value()
                        .schemas()
                        .get(0)
                        .name())
                .isEqualTo("reading 3");
    }

    @Test
    void whatIsOlderThanTheOverviewDoesNotSpeakBesideIt() {
        var part = new Part<Overview>("x");
        ask(SHOP);
        cache.get(SHOP, part, false, new Cancellation(), this::loaded);
        cache.get(OTHER, part, false, new Cancellation(), () -> loaded(OTHER, 10));
        fresh(SHOP, this::loaded);

        assertThat(name(cache.get(SHOP, part, false, new Cancellation(), this::loaded)))
                .isEqualTo("reading 5");
        assertThat(name(cache.get(OTHER, part, false, new Cancellation(), this::loaded)))
                .isEqualTo("reading 3");
    }

    @Test
    void otherRulesForAgentsOrAnotherServerMeanThatItIsReadAgain() {
        ask(SHOP);
        registry.put(
                target(SHOP).with(Given.spec("agentAccess: {mode: ReadOnly}").agentAccess()));
        assertThat(name(ask(SHOP))).isEqualTo("reading 2");
        registry.put(new Target(SHOP, new Endpoint("127.0.0.1", 2, "app"), Credentials.NONE, Credentials.NONE));
        assertThat(name(ask(SHOP))).isEqualTo("reading 3");
    }

    @Test
    void anInstanceThatWentAndCameBackIsReadAgain() {
        ask(SHOP);
        registry.remove(SHOP);
        registry.put(target(SHOP));

        assertThat(name(ask(SHOP))).isEqualTo("reading 2");
    }

    @Test
    void whatChangedWhileItWasReadIsReadAgain() {
        ask(SHOP, () -> {
            cache.forget(SHOP);
            return loaded();
        });

        assertThat(name(ask(SHOP))).isEqualTo("reading 2");
    }

    @Test
    void aReadingThatFailsLeavesTheOldAnswerWithItsAgeAndTheReason() {
        // Given
        ask(SHOP);
        now = now.plusSeconds(90);

        // When
        var stale = ask(SHOP, SchemaCacheFixture::failed);

        // Then
        assertThat(name(stale)).isEqualTo("reading 1");
        assertThat(stale.age()).isEqualTo(Duration.ofSeconds(90));
        assertThat(stale.problem())
                .hasValueSatisfying(reason -> assertThat(reason).hasMessage("no luck"));
        assertThatThrownBy(() -> fresh(SHOP, SchemaCacheFixture::failed)).hasMessage("no luck");
        assertThatThrownBy(() -> ask(OTHER, SchemaCacheFixture::failed)).hasMessage("no luck");
    }

    @Test
    void whatOnlyTheOldServerKnewIsNotToldOfTheNewOne() {
        ask(SHOP);
        registry.put(new Target(SHOP, new Endpoint("127.0.0.1", 2, "app"), Credentials.NONE, Credentials.NONE));

        assertThatThrownBy(() -> ask(SHOP, SchemaCacheFixture::failed)).hasMessage("no luck");
    }

    @Test
    void whatWasNotAskedForLongestGoesWhenThereIsTooMuch() {
        ask(SHOP);
        ask(OTHER);
        cache.get(OTHER, Part.OVERVIEW, true, new Cancellation(), () -> loaded(OTHER, BOUND - 1));

        assertThat(name(ask(OTHER))).isEqualTo("reading 3");
        assertThat(age(SHOP)).isEmpty();
        assertThat(name(ask(SHOP))).isEqualTo("reading 4");
    }

    @Test
    void theAgeIsMeasuredForAsLongAsSomethingIsKnown() {
        assertThat(age(SHOP)).isEmpty();
        ask(SHOP);
        now = now.plusSeconds(7);

        assertThat(age(SHOP)).hasValue(7.0);
        ask(SHOP);
        assertThat(age(SHOP)).hasValue(7.0);
        registry.remove(SHOP);
        assertThat(age(SHOP)).isEmpty();
    }
}
