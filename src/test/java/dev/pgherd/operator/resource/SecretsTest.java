package dev.pgherd.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretsTest {

    private final PostgresInstance instance = instance();

    @Test
    void aPasswordThatIsThereStays() {
        // Given
        var present = Secrets.app(instance, Optional.empty(), () -> "first");

        // When
        var next = Secrets.app(instance, Optional.of(present), () -> "second");

        // Then
        assertThat(Secrets.value(next, Secrets.PASSWORD)).contains("first");
    }

    @Test
    void anEmptyPasswordIsReplaced() {
        // Given
        var present = Secrets.superuser(instance, Optional.empty(), () -> "");

        // When
        var next = Secrets.superuser(instance, Optional.of(present), () -> "generated");

        // Then
        assertThat(Secrets.value(next, Secrets.PASSWORD)).contains("generated");
    }

    @Test
    void reservedCharactersAreEscapedInUris() {
        var secret = Secrets.app(instance, Optional.empty(), () -> "a b/c:d@e\\f");

        assertThat(Secrets.value(secret, "uri"))
                .contains("postgresql://app:a%20b%2Fc%3Ad%40e%5Cf@shop-rw.team-a.svc:5432/app");
        assertThat(Secrets.value(secret, "pgpass")).contains("shop-rw.team-a.svc:5432:app:app:a b/c\\:d@e\\\\f\n");
    }

    private static PostgresInstance instance() {
        var instance = new PostgresInstance();
        instance.setMetadata(
                new ObjectMetaBuilder().withName("shop").withNamespace("team-a").build());
        return instance;
    }
}
