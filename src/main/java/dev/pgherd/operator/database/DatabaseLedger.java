package dev.pgherd.operator.database;

import dev.pgherd.api.v1alpha1.ReclaimPolicy;
import dev.pgherd.operator.database.access.Identifier;
import dev.pgherd.operator.resource.Secrets;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the server itself remembers of the databases that PgHerd looks after: which of them PgHerd created, what is to
 * become of them when they are taken out of the list, and what they were like when they were last put right. It is the
 * comment on a role that only a superuser may comment on; one on the database would be its owner's to write.
 */
final class DatabaseLedger {

    private static final String HEADER = "pgherd-databases ";
    private static final int FIELDS = 8;

    private final String instance;
    private final Map<Long, Entry> entries = new TreeMap<>();
    private String saved;

    /**
     * One database.
     *
     * @param created by PgHerd; one that was there before is never dropped
     * @param facts what its grants were made from
     * @param extensions what its extensions were made from; differs from anything wanted while one of them failed
     * @param outside digest of its owner and privileges as the whole server sees them
     * @param inside digest of the privileges and extensions that only the database itself shows
     */
    record Entry(
            long oid,
            String name,
            boolean created,
            ReclaimPolicy reclaim,
            String facts,
            String extensions,
            String outside,
            String inside) {

        /** A database that PgHerd has just made, or found, and not looked into yet. */
        static Entry fresh(PresentDatabase database, boolean created, ReclaimPolicy reclaim) {
            return new Entry(database.oid(), database.name(), created, reclaim, "-", "-", "-", "-");
        }

        Entry with(ReclaimPolicy other) {
            return new Entry(oid, name, created, other, facts, extensions, outside, inside);
        }

        private String line() {
            return String.join(
                    " ",
                    String.valueOf(oid),
                    created ? "created" : "adopted",
                    reclaim.name(),
                    facts,
                    extensions,
                    outside,
                    inside,
                    URLEncoder.encode(name, StandardCharsets.UTF_8));
        }

        private static Entry parse(String line) {
            var field = line.split(" ", FIELDS);
            return new Entry(
                    Long.parseLong(field[0]),
                    URLDecoder.decode(field[7], StandardCharsets.UTF_8),
                    field[1].equals("created"),
                    ReclaimPolicy.valueOf(field[2]),
                    field[3],
                    field[4],
                    field[5],
                    field[6]);
        }
    }

    private DatabaseLedger(String instance, String saved) {
        this.instance = instance;
        this.saved = saved;
    }

    /**
     * Reads a ledger.
     *
     * @param instance identifies the resource; the wishes of another one, whose volume this was, count no more: nobody
     *     took these databases out of a list
     */
    static DatabaseLedger parse(String instance, String comment) {
        var ledger = new DatabaseLedger(instance, comment);
        if (comment.startsWith(HEADER)) {
            var same = comment.lines().findFirst().orElse("").equals(HEADER + instance);
            comment.lines()
                    .skip(1)
                    .map(Entry::parse)
                    .map(entry -> same ? entry : entry.with(ReclaimPolicy.Retain))
                    .forEach(ledger::put);
        }
        return ledger;
    }

    /** What is known of this very database: one of the same name, or one renamed since, is another. */
    Optional<Entry> of(PresentDatabase database) {
        return Optional.ofNullable(entries.get(database.oid()))
                .filter(entry -> entry.name().equals(database.name()));
    }

    void put(Entry entry) {
        entries.put(entry.oid(), entry);
    }

    void forget(long oid) {
        entries.remove(oid);
    }

    /** Databases that are gone are forgotten. */
    void retain(Set<Long> oids) {
        entries.keySet().retainAll(oids);
    }

    void save(Connection superuser) throws SQLException {
        var text = text();
        if (!text.equals(saved)) {
            try (var statement = superuser.createStatement()) {
                statement.execute("COMMENT ON ROLE %s IS %s"
                        .formatted(Identifier.quoted(Secrets.WRITER), Identifier.literal(text)));
            }
            saved = text;
        }
    }

    private String text() {
        return entries.values().stream()
                .map(Entry::line)
                .collect(Collectors.joining("\n", HEADER + instance + "\n", ""))
                .strip();
    }
}
