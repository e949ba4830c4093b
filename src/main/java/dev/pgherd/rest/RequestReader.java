package dev.pgherd.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pgherd.mcp.rpc.Credentials;
import dev.pgherd.mcp.tool.Caller;
import dev.pgherd.sql.Cancellation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads requests, and refuses by name what the API's document does not know. */
record RequestReader(OpenApiDocument document) {

    private static final String BEARER = "Bearer ";

    /** Numbers stay as they were written: a double has fewer digits than PostgreSQL's numbers. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final TypeReference<Map<String, @Nullable Object>> FIELDS = new TypeReference<>() {};

    RestRequest read(HttpServletRequest request, Route route, Map<String, String> path, Cancellation cancellation)
            throws IOException {
        var query = query(request, route);
        var body = route.hasBody() ? body(request, route) : Map.<String, @Nullable Object>of();
        return new RestRequest(caller(request), bearer(request), path, query, body, cancellation);
    }

    /** Limits are an address's, so that nobody gets around them with other credentials. */
    private static Caller caller(HttpServletRequest request) {
        var address = "rest " + request.getRemoteAddr();
        return new Caller(
                address, Credentials.of(request).digest().map("rest "::concat).orElse(address));
    }

    private static Optional<String> bearer(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Authorization"))
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(header -> header.substring(BEARER.length()).strip());
    }

    private Map<String, String> query(HttpServletRequest request, Route route) {
        var known = document.parameters(route);
        var query = new TreeMap<String, String>();
        parameters(request).forEach((name, values) -> {
            requireKnown("parameter", name, known);
            if (values.length != 1) {
                throw new RefusedException(400, "Parameter '%s' is there more than once.".formatted(name));
            }
            query.put(name, values[0]);
        });
        return query;
    }

    /** Of the query string alone: forms are no bodies of this API. */
    private static Map<String, String[]> parameters(HttpServletRequest request) {
        return request.getQueryString() == null ? Map.of() : request.getParameterMap();
    }

    private Map<String, @Nullable Object> body(HttpServletRequest request, Route route) throws IOException {
        requireType(request, document.bodyTypes(route));
        var json = parse(request.getInputStream().readAllBytes());
        if (!json.isObject()) {
            throw new RefusedException(400, "The body must be a JSON object.");
        }
        var known = document.fields(route);
        json.fieldNames().forEachRemaining(name -> requireKnown("field", name, known));
        return JSON.convertValue(json, FIELDS);
    }

    private static JsonNode parse(byte[] body) throws IOException {
        try {
            return Objects.requireNonNullElseGet(JSON.readTree(body), JSON::missingNode);
        } catch (NumberFormatException e) {
            throw new RefusedException(400, "The body holds a number whose exponent is too large.");
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new RefusedException(
                    400,
                    place == null
                            ? "The body is not JSON."
                            : "The body is not JSON: look at line %d, column %d."
                                    .formatted(place.getLineNr(), place.getColumnNr()));
        }
    }

    private static void requireKnown(String what, String name, Collection<String> known) {
        if (!known.contains(name)) {
            throw new RefusedException(
                    400,
                    known.isEmpty()
                            ? "Unknown %s '%s'; this takes none.".formatted(what, name)
                            : "Unknown %s '%s'. Allowed are: %s.".formatted(what, name, String.join(", ", known)));
        }
    }

    private static void requireType(HttpServletRequest request, List<String> types) {
        var given = Objects.requireNonNullElse(request.getContentType(), "");
        var bare = given.split(";", 2)[0].strip();
        if (types.stream().noneMatch(bare::equalsIgnoreCase)) {
            throw new RefusedException(415, "The Content-Type must be " + String.join(" or ", types) + ".");
        }
    }
}
