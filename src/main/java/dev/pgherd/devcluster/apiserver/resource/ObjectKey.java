package dev.pgherd.devcluster.apiserver.resource;

/** Where an object is found: the resource's qualified name, the namespace (empty when cluster-wide) and the name. */
public record ObjectKey(String resource, String namespace, String name) {}
