package dev.pgherd.connection;

/** What connections to an instance are opened with, in words of the server's command line. */
@FunctionalInterface
public interface OpeningOptions {

    OpeningOptions NONE = (target, serverMajorVersion) -> "";

    /**
     * Asked for each connection.
     *
     * @param serverMajorVersion 0 while nobody knows it
     */
    String of(Target target, int serverMajorVersion);
}
