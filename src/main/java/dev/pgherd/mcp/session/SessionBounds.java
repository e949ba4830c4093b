package dev.pgherd.mcp.session;

/**
 * How many sessions there may be.
 *
 * @param most of all
 * @param mostOfOneAddress which many programs may share
 */
record SessionBounds(int most, int mostOfOneAddress) {

    static final SessionBounds USUAL = new SessionBounds(10_000, 5_000);
}
