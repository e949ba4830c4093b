package dev.pgherd.connection;

/** Through which of an instance's two login roles a call goes. */
public enum Access {
    READ,
    WRITE
}
