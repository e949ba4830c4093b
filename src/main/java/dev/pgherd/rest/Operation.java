package dev.pgherd.rest;

/** What is done for a request. */
@FunctionalInterface
interface Operation {

    /**
     * Does it.
     *
     * @throws RefusedException when it is not done
     */
    RestAnswer answer(RestRequest request);
}
