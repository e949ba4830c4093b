package dev.pgherd.api;

/** Keys of the Secret that {@code status.agentBinding} names: the login roles through which agents' statements run. */
public final class AgentSecret {

    public static final String READER_USERNAME = "reader-username";
    public static final String READER_PASSWORD = "reader-password";
    public static final String WRITER_USERNAME = "writer-username";
    public static final String WRITER_PASSWORD = "writer-password";

    private AgentSecret() {}
}
