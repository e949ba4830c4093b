package dev.pgherd.mcp.limit;

/** A call's leave to run, from its admission to its end. */
public final class Turn {

    private final FairTurns turns;
    private final String caller;

    Turn(FairTurns turns, String caller) {
        this.turns = turns;
        this.caller = caller;
    }

    /** Lets others run until it goes on. */
    public void pause() {
        turns.pause(caller);
    }

    /** Does not wait: whoever has begun is not sent away in the middle. */
    public void goOn() {
        turns.goOn(caller);
    }

    public void end() {
        turns.end(caller);
    }
}
