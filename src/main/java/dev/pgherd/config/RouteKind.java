package dev.pgherd.config;

/** How instances are reached: AUTO is the Service's DNS name inside a cluster and a port-forward outside. */
public enum RouteKind {
    AUTO,
    SERVICE_DNS,
    POD_ADDRESS,
    PORT_FORWARD
}
