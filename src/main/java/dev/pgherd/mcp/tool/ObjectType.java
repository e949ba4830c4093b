package dev.pgherd.mcp.tool;

/** What can be searched for, by the words that a caller uses. */
enum ObjectType {
    table("1"),
    column("2"),
    function("3");

    private final String place;

    ObjectType(String place) {
        this.place = place;
    }

    /** Sorts what is found equally well. */
    String place() {
        return place;
    }
}
