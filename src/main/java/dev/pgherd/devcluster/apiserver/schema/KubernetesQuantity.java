package dev.pgherd.devcluster.apiserver.schema;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** A quantity such as 1Gi, as rules compare it. */
record KubernetesQuantity(BigDecimal amount) implements Comparable<KubernetesQuantity> {

    private static final Pattern FORM =
            Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,3})?");

    static boolean isQuantity(String text) {
        return FORM.matcher(text).matches();
    }

    static KubernetesQuantity parse(String text) {
        if (!isQuantity(text)) {
            throw new IllegalArgumentException("not a quantity: " + text);
        }
        return new KubernetesQuantity(new Quantity(text).getNumericalAmount());
    }

    @Override
    public int compareTo(KubernetesQuantity other) {
        return amount.compareTo(other.amount);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KubernetesQuantity quantity && amount.compareTo(quantity.amount) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }
}
