package dev.pgherd.devcluster.apiserver.resource;

import java.util.List;
import java.util.Optional;

/** A resource of the API, such as pods or a custom resource, in one version. */
public record ResourceType(
        String group,
        String version,
        String plural,
        String singular,
        String kind,
        List<String> shortNames,
        List<String> categories,
        boolean namespaced,
        List<String> subresources,
        Optional<CustomVersion> custom) {

    public String groupVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** The name in messages and in files, {@code statefulsets.apps}. */
    public String qualifiedName() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    public String qualifiedKind() {
        return group.isEmpty() ? kind : kind + "." + group;
    }

    public boolean has(String subresource) {
        return subresources.contains(subresource);
    }

    public boolean is(String name) {
        return qualifiedName().equals(name);
    }
}
