package dev.pgherd.operator.database;

import dev.pgherd.api.v1alpha1.AgentAccess;
import dev.pgherd.api.v1alpha1.Database;
import dev.pgherd.api.v1alpha1.Extension;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.ReclaimPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** A database as the spec asks for it. */
record WantedDatabase(
        String name, String owner, List<Extension> extensions, ReclaimPolicy reclaim, AgentAccess access) {

    /** The instance's first database and those of the list, which may name the first one for its extensions. */
    static List<WantedDatabase> of(PostgresInstance instance) {
        var initdb = instance.wish().initdb();
        var access = instance.wish().agentAccess();
        var listed = instance.wish().databases().stream()
                .map(database -> of(database, initdb.owner(), access))
                .toList();
        var unlisted = listed.stream().noneMatch(database -> database.name().equals(initdb.database()));
        var first = new WantedDatabase(initdb.database(), initdb.owner(), List.of(), ReclaimPolicy.Retain, access);
        return Stream.concat(unlisted ? Stream.of(first) : Stream.empty(), listed.stream())
                .toList();
    }

    /** What the grants depend on, as one word. */
    String facts() {
        var rules = "%s %s %s".formatted(access.mayDefine(), access.schemas(), access.blocked());
        return word(String.join("\n", RolesAndGrants.VERSION, name, owner, rules));
    }

    /** The extensions, as one word. */
    String extensionFacts() {
        return word(String.valueOf(extensions));
    }

    private static WantedDatabase of(Database database, String otherwise, AgentAccess access) {
        return new WantedDatabase(
                database.name(),
                Objects.requireNonNullElse(database.owner(), otherwise),
                database.extensions(),
                database.reclaimPolicy(),
                access);
    }

    private static String word(String facts) {
        return UUID.nameUUIDFromBytes(facts.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
