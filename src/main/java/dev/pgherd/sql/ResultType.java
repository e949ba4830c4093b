package dev.pgherd.sql;

import java.sql.SQLException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.core.TypeInfo;
import org.postgresql.util.PSQLState;

/**
 * The type of a column.
 *
 * @param elementOid of an array, otherwise 0
 */
record ResultType(String name, int oid, int elementOid, char delimiter) {

    static ResultType of(int oid, BaseConnection connection) throws SQLException {
        var types = connection.getTypeInfo();
        var name = String.valueOf(types.getPGType(oid));
        var element = isNamedLikeAnArray(name) ? element(oid, types) : Oid.UNSPECIFIED;
        return element == Oid.UNSPECIFIED
                ? new ResultType(name, oid, Oid.UNSPECIFIED, ',')
                : new ResultType(types.getPGType(element) + "[]", oid, element, types.getArrayDelimiter(oid));
    }

    /** PostgreSQL names arrays with a leading underscore; the driver puts a schema before it that is not on the path. */
    private static boolean isNamedLikeAnArray(String name) {
        return name.startsWith("_") || name.contains("._") || name.contains(".\"_");
    }

    private static int element(int oid, TypeInfo types) throws SQLException {
        try {
            return types.getPGArrayElement(oid);
        } catch (SQLException e) {
            if (PSQLState.NO_DATA.getState().equals(e.getSQLState())) {
                return Oid.UNSPECIFIED; // no array, only named like one
            }
            throw e;
        }
    }

    boolean isArray() {
        return elementOid != Oid.UNSPECIFIED;
    }
}
