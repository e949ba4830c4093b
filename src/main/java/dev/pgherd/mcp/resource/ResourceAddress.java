package dev.pgherd.mcp.resource;

import dev.pgherd.api.InstanceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the URI of a resource names. */
sealed interface ResourceAddress {

    String SCHEME = "postgres://";

    /** An instance's state. */
    record State(InstanceKey instance) implements ResourceAddress {}

    /** The schemas of its database. */
    record Schemas(InstanceKey instance) implements ResourceAddress {}

    /** The tables of one of them. */
    record Tables(InstanceKey instance, String schema) implements ResourceAddress {}

    /** One table. */
    record Table(InstanceKey instance, String schema, String name) implements ResourceAddress {}

    InstanceKey instance();

    /** Empty for a URI that can name nothing here. */
    static Optional<ResourceAddress> parse(String uri) {
        if (!uri.startsWith(SCHEME) || uri.indexOf('?') >= 0 || uri.indexOf('#') >= 0) {
            return Optional.empty();
        }
        var raw = List.of(uri.substring(SCHEME.length()).split("/", -1));
        var names = new ArrayList<String>();
        raw.stream().map(UriSegment::decode).forEach(name -> name.ifPresent(names::add));
        return names.size() == raw.size() ? of(names) : Optional.empty();
    }

    private static Optional<ResourceAddress> of(List<String> names) {
        if (names.size() < 2) {
            return Optional.empty();
        }
        var instance = new InstanceKey(names.get(0), names.get(1));
        return switch (names.size()) {
            case 2 -> Optional.of(new State(instance));
            case 3 -> names.get(2).equals(Words.SCHEMAS) ? Optional.of(new Schemas(instance)) : Optional.empty();
            case 4 -> Optional.of(inSchema(instance, names.get(2), names.get(3)));
            default -> Optional.empty();
        };
    }

    private static ResourceAddress inSchema(InstanceKey instance, String schema, String name) {
        if (name.equals(Words.TABLES)) {
            return new Tables(instance, schema);
        }
        return new Table(instance, schema, name.equals(Words.QUOTED) ? Words.TABLES : name);
    }

    default String uri() {
        var names = new ArrayList<>(List.of(instance().namespace(), instance().name()));
        if (this instanceof Schemas) {
            names.add(Words.SCHEMAS);
        } else if (this instanceof Tables tables) {
            names.addAll(List.of(tables.schema(), Words.TABLES));
        } else if (this instanceof Table table) {
            names.addAll(List.of(table.schema(), table.name().equals(Words.TABLES) ? Words.QUOTED : table.name()));
        }
        return SCHEME + String.join("/", names.stream().map(UriSegment::encode).toList());
    }

    /** The words that stand where a name could: a table that is called so is written in quotes, as SQL allows. */
    final class Words {
        static final String SCHEMAS = "schemas";
        static final String TABLES = "tables";
        static final String QUOTED = "\"tables\"";

        private Words() {}
    }
}
