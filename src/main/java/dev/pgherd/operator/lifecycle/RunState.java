package dev.pgherd.operator.lifecycle;

import java.time.Instant;

/** What the spec and the time together ask of the server: to run, to stand still, or to end. */
public sealed interface RunState {

    /** The server is to run. */
    record Running() implements RunState {}

    /**
     * No server is to run; the volume and everything else stay.
     *
     * @param why sentence for people and agents: who or what wanted it, and how to wake the instance
     */
    record Hibernated(String why) implements RunState {}

    /** The instance's life is over, and the resource is to be deleted. */
    record Expired(Instant at) implements RunState {}
}
