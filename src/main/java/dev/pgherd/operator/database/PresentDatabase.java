package dev.pgherd.operator.database;

/**
 * A database that the server has.
 *
 * @param outside digest of its owner and privileges
 */
record PresentDatabase(long oid, String name, String owner, String outside) {}
