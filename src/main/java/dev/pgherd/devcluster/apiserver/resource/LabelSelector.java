package dev.pgherd.devcluster.apiserver.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A label selector as in a query: {@code a=b,c!=d,e in (f,g),h notin (i),j,!k}. */
public final class LabelSelector implements Predicate<JsonNode> {

    private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_./]*)";
    private static final Pattern SET = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^)]*)\\)");
    private static final Pattern EQUAL = Pattern.compile(KEY + "\\s*(==|=|!=)\\s*([-A-Za-z0-9_.]*)");
    private static final Pattern EXISTS = Pattern.compile("(!?)\\s*" + KEY);

    private final List<Predicate<JsonNode>> requirements;

    private LabelSelector(List<Predicate<JsonNode>> requirements) {
        this.requirements = requirements;
    }

    public static LabelSelector parse(String text) {
        var requirements = new ArrayList<Predicate<JsonNode>>();
        for (var part : text.split(",(?![^(]*\\))", -1)) {
            if (!part.isBlank()) {
                requirements.add(requirement(part.strip()));
            }
        }
        return new LabelSelector(List.copyOf(requirements));
    }

    private static Predicate<JsonNode> requirement(String part) {
        var set = SET.matcher(part);
        if (set.matches()) {
            return oneOf(set);
        }
        var equal = EQUAL.matcher(part);
        if (equal.matches()) {
            var wanted = equal.group(3);
            var negated = equal.group(2).equals("!=");
            return labels -> negated != labels.path(equal.group(1)).asText("\0").equals(wanted);
        }
        var exists = EXISTS.matcher(part);
        if (exists.matches()) {
            return labels -> labels.has(exists.group(2)) == exists.group(1).isEmpty();
        }
        throw ApiProblem.badRequest("unable to parse requirement: " + part);
    }

    private static Predicate<JsonNode> oneOf(Matcher set) {
        var values = List.of(set.group(3).strip().split("\\s*,\\s*", -1));
        var negated = set.group(2).equals("notin");
        return labels -> negated != values.contains(labels.path(set.group(1)).asText("\0"));
    }

    @Override
    public boolean test(JsonNode object) {
        var labels = Json.at(object, "metadata", "labels");
        return requirements.stream().allMatch(requirement -> requirement.test(labels));
    }
}
