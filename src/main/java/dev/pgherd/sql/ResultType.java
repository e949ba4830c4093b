package dev.pgherd.sql;

import java.sql.SQLException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;

/**
 * The type of a column.
 *
 * @param elementOid of an array, otherwise 0
 */
record ResultType(String name, int oid, int elementOid, char delimiter) {

    static ResultType of(int oid, BaseConnection connection) throws SQLException {
        var types = connection.getTypeInfo();
        var name = String.valueOf(types.getPGType(oid));
        var element = name.indexOf('_') < 0 ? Oid.UNSPECIFIED : types.getPGArrayElement(oid);
        return element == Oid.UNSPECIFIED
                ? new ResultType(name, oid, Oid.UNSPECIFIED, ',')
                : new ResultType(types.getPGType(element) + "[]", oid, element, types.getArrayDelimiter(oid));
    }

    boolean isArray() {
        return elementOid != Oid.UNSPECIFIED;
    }
}
