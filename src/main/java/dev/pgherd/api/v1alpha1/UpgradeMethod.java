package dev.pgherd.api.v1alpha1;

/** How the data get to the new major version. */
public enum UpgradeMethod {
    /** The files are taken over, by an image with the programs of both versions. */
    PgUpgrade,
    /** The old image serves the old data, the new one reads them into a directory beside. */
    DumpAndRestore
}
