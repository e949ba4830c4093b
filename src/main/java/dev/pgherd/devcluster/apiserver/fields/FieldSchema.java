package dev.pgherd.devcluster.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** How values merge, as far as the schema of the resource says: seen from one place in the object. */
public interface FieldSchema {

    /** How the items of a list belong to their owners. */
    enum ListMerge {
        /** One owner for the whole list. */
        ATOMIC,
        /** Each scalar has owners of its own. */
        SET,
        /** Each item, found by its key fields, has owners of its own. */
        KEYED
    }

    FieldSchema member(String name);

    FieldSchema item();

    /** Whether the object has one owner as a whole. */
    boolean atomicObject();

    ListMerge listMerge();

    /** The fields that identify an item of a keyed list. */
    List<String> keys();

    /** The values of key fields that may be absent. */
    Map<String, JsonNode> keyDefaults();

    /** Whether the name is an entry of a map and not a declared field. */
    boolean isEntry(String name);
}
