package dev.pgherd.http;

import java.util.function.Supplier;

/** One part of the program that {@code /health} asks; the probe answers from what it knows and never waits. */
public record HealthCheck(String name, Supplier<Health> probe) {}
