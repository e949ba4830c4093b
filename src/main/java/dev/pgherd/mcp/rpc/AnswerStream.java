package dev.pgherd.mcp.rpc;

/** Where a call is answered, as long as it can be told whether its caller is still there. */
public interface AnswerStream {

    /** False when nobody reads any more; never waits for another write. */
    boolean beat();

    /** Nothing is written any more, and that is no error. */
    void silence();

    /** Returns when no beat is being written; none will be. */
    void endBeats();
}
