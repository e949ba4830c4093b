package dev.pgherd.mcp.session;

import java.util.HashMap;
import java.util.Map;

/**
 * Places for the open questions of all clients together. Each question holds a thread, so that they are few beside the
 * threads that there are, and one address has not all of them.
 */
final class QuestionPlaces {

    private static final int MOST = 50;
    private static final int MOST_OF_ONE_ADDRESS = 20;

    private final int most;
    private final int mostOfOneAddress;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    QuestionPlaces(int most, int mostOfOneAddress) {
        this.most = most;
        this.mostOfOneAddress = mostOfOneAddress;
    }

    static QuestionPlaces usual() {
        return new QuestionPlaces(MOST, MOST_OF_ONE_ADDRESS);
    }

    /** False where there is none, or none for this address. */
    synchronized boolean take(String address) {
        if (all >= most || taken.getOrDefault(address, 0) >= mostOfOneAddress) {
            return false;
        }
        all++;
        taken.merge(address, 1, Integer::sum);
        return true;
    }

    synchronized void leave(String address) {
        all--;
        taken.computeIfPresent(address, (key, own) -> own > 1 ? own - 1 : null);
    }
}
