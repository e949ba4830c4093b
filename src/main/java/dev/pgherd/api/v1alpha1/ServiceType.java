package dev.pgherd.api.v1alpha1;

/** How the Service that applications connect to is reached. */
public enum ServiceType {
    ClusterIP,
    NodePort,
    LoadBalancer
}
