package dev.pgherd.operator.database;

/**
 * A database that the server has.
 *
 * @param outside digest of its owner and privileges, and of the server's major version: an upgrade leaves things behind
 */
record PresentDatabase(long oid, String name, String owner, String outside) {}
