package dev.pgherd.api.v1alpha1;

/** Where the server listens inside the cluster: a DNS name of the Service, its port and the application's database. */
public record Endpoint(String host, int port, String database) {}
