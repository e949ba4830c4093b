package dev.pgherd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorConfigTest {

    @Test
    void withoutSettingsItLooksAfterEverythingAlone() {
        assertThat(OperatorConfig.from(Map.of()))
                .isEqualTo(new OperatorConfig(Namespaces.all(), "", 16, 100, Optional.empty()));
    }

    @Test
    void everyKeyIsRead() {
        // When
        var config = OperatorConfig.from(Map.of(
                "PGHERD_NAMESPACES", "team-b, team-a",
                "PGHERD_LABEL_SELECTOR", "team=shop",
                "PGHERD_RECONCILE_CONCURRENCY", "4",
                "PGHERD_KUBERNETES_QPS", "0",
                "PGHERD_LEADER_ELECTION", "true"));

        // Then
        assertThat(config)
                .isEqualTo(new OperatorConfig(
                        new Namespaces(Set.of("team-a", "team-b")),
                        "team=shop",
                        4,
                        0,
                        Optional.of(new LeaderElection(
                                "pgherd-operator",
                                Optional.empty(),
                                Optional.empty(),
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(2)))));
    }

    @Test
    void everyKeyOfTheLeaseIsRead() {
        // When
        var election = LeaderElection.from(Map.of(
                "PGHERD_LEASE_NAME", "herd",
                "PGHERD_LEASE_NAMESPACE", "pgherd-system",
                "PGHERD_LEASE_IDENTITY", "me",
                "PGHERD_LEASE_DURATION_SECONDS", "60",
                "PGHERD_LEASE_RENEW_SECONDS", "40",
                "PGHERD_LEASE_RETRY_SECONDS", "5"));

        // Then
        assertThat(election)
                .isEqualTo(new LeaderElection(
                        "herd",
                        Optional.of("pgherd-system"),
                        Optional.of("me"),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(40),
                        Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "team",
                "!team",
                "team=shop",
                "team==shop",
                "team!=shop",
                "team=",
                "example.com/team=shop, tier in (a, b),env notin (prod)",
                "a, !b, c=d"
            })
    void aLabelSelectorOfKubernetesIsTaken(String selector) {
        assertThat(OperatorConfig.from(Map.of("PGHERD_LABEL_SELECTOR", selector))
                        .labelSelector())
                .isEqualTo(selector);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "PGHERD_NAMESPACES; Team A; name of a namespace",
                "PGHERD_NAMESPACES; -a; name of a namespace",
                "PGHERD_LABEL_SELECTOR; team=shop=toys; label selector",
                "PGHERD_LABEL_SELECTOR; team in shop; label selector",
                "PGHERD_LABEL_SELECTOR; team in (); label selector",
                "PGHERD_LABEL_SELECTOR; team=shop,; label selector",
                "PGHERD_LABEL_SELECTOR; a b; label selector",
                "PGHERD_RECONCILE_CONCURRENCY; 1; from 2 to 200",
                "PGHERD_KUBERNETES_QPS; -1; from 0 to 10000",
                "PGHERD_LEADER_ELECTION; yes; true or false",
                "PGHERD_LEASE_NAME; Lease; name of a Lease",
                "PGHERD_LEASE_NAMESPACE; a.b; name of a namespace",
                "PGHERD_LEASE_DURATION_SECONDS; 10; at least 11 seconds with the present PGHERD_LEASE_RENEW_SECONDS",
                "PGHERD_LEASE_RENEW_SECONDS; 5; at least 6 seconds with the present PGHERD_LEASE_RETRY_SECONDS",
                "PGHERD_LEASE_RETRY_SECONDS; 0; seconds from 1 to 3600",
            })
    void anInvalidValueNamesTheKeyTheValueAndWhatIsAllowed(String key, String value, String allowed) {
        assertThatThrownBy(() -> OperatorConfig.from(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(key, "'" + value + "'", allowed);
    }
}
