package dev.pgherd.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotasTest {

    @ParameterizedTest(name = "{0}: {1} of {2} used, from {3} to {4}: room {5}")
    @CsvSource({
        "limits.memory,   1Gi, 1Gi, 1Gi,   1Gi,   true",
        "limits.memory,   1Gi, 1Gi, 1Gi,   512Mi, true",
        "limits.memory,   1Gi, 1Gi, 1Gi,   2Gi,   false",
        "limits.memory,   1Gi, 2Gi, 1Gi,   2Gi,   true",
        "requests.memory, 1Gi, 1Gi, 512Mi, 1Gi,   false",
        "memory,          1Gi, 1Gi, 512Mi, 1Gi,   false",
        "pods,            1,   1,   1Gi,   2Gi,   true"
    })
    void thePodThatGoesMakesRoomForTheOneThatComes(
            String resource, String used, String hard, String before, String after, boolean room) {
        var quotas = List.of(quota(resource, used, hard), new ResourceQuota());

        assertThat(Quotas.haveRoom(quotas, pod(before), pod(after))).isEqualTo(room);
    }

    private static ResourceQuota quota(String resource, String used, String hard) {
        return new ResourceQuotaBuilder()
                .withNewStatus()
                .addToUsed(resource, new Quantity(used))
                .addToHard(resource, new Quantity(hard))
                .endStatus()
                .build();
    }

    /** Its init container asks for as much as its container, at another time. */
    private static Pod pod(String memory) {
        var amount = new Quantity(memory);
        return new PodBuilder()
                .withNewSpec()
                .addNewInitContainer()
                .withNewResources()
                .addToRequests("memory", amount)
                .addToLimits("memory", amount)
                .endResources()
                .endInitContainer()
                .addNewContainer()
                .withNewResources()
                .addToRequests("memory", amount)
                .addToLimits("memory", amount)
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }
}
