package dev.pgherd.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** An answer to a request that was granted. */
record RestAnswer(int status, JsonNode json, Map<String, String> headers) {

    RestAnswer {
        headers = Map.copyOf(headers);
    }

    static RestAnswer of(int status, JsonNode json) {
        return new RestAnswer(status, json, Map.of());
    }
}
