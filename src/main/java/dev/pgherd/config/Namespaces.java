package dev.pgherd.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The namespaces that this program looks at.
 *
 * @param names sorted; empty for all
 */
public record Namespaces(Set<String> names) {

    public static final String NAMESPACES = "PGHERD_NAMESPACES";

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public Namespaces {
        names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    public static Namespaces all() {
        return new Namespaces(Set.of());
    }

    /**
     * Reads {@code PGHERD_NAMESPACES}.
     *
     * @throws InvalidSettingException for what is no name of a namespace
     */
    public static Namespaces from(Map<String, String> environment) {
        var names = new Settings(environment).list(NAMESPACES, List.of());
        names.forEach(name -> requireName(NAMESPACES, name));
        return new Namespaces(Set.copyOf(names));
    }

    public boolean contain(String namespace) {
        return names.isEmpty() || names.contains(namespace);
    }

    /** One of them, where they are a list. */
    Optional<String> first() {
        return names.stream().findFirst();
    }

    static String requireName(String key, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidSettingException(
                    key, name, "the name of a namespace: lower-case letters, digits and '-', 63 at most");
        }
        return name;
    }

    @Override
    public String toString() {
        return names.isEmpty() ? "all" : String.join(", ", names);
    }
}
