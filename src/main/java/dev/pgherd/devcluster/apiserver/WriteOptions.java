package dev.pgherd.devcluster.apiserver;

import dev.pgherd.devcluster.apiserver.fields.Manager;

/** What a request says about a write besides the object: by whom, through which endpoint, and how strictly. */
record WriteOptions(
        Manager manager,
        boolean dryRun,
        boolean force,
        FieldValidation validation,
        UnknownFields onUnknown,
        Warnings warnings) {

    /** What happens to fields that the schema does not know. */
    enum FieldValidation {
        STRICT,
        WARN,
        IGNORE
    }

    /** How strict validation refuses them: a patch is answered differently from a whole object. */
    enum UnknownFields {
        IN_OBJECT,
        IN_PATCHED_OBJECT
    }

    /** Where warnings about the written object go. */
    interface Warnings {

        void add(String text);
    }

    String subresource() {
        return manager.subresource();
    }

    boolean apply() {
        return manager.operation().equals(Manager.APPLY);
    }
}
