package dev.pgherd.connection;

import dev.pgherd.connection.ConnectionBudget.Permit;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** A connection that gives its room to others when it is closed, and knows its age; statements run past it, on what it unwraps to. */
final class CountedConnection implements InvocationHandler {

    private static final String CLOSE = "close";
    private static final String UNWRAP = "unwrap";

    private final Connection connection;
    private final Permit permit;
    private final long openedAt;

    private CountedConnection(Connection connection, Permit permit, long openedAt) {
        this.connection = connection;
        this.permit = permit;
        this.openedAt = openedAt;
    }

    static Connection of(Connection connection, Permit permit, long openedAt) {
        return (Connection) Proxy.newProxyInstance(
                CountedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class, OpenedConnection.class},
                new CountedConnection(connection, permit, openedAt));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == OpenedConnection.class) {
            return openedAt;
        }
        // The driver unwraps nothing that is closed, and that is what is to be found out.
        if (method.getName().equals(UNWRAP)
                && arguments != null
                && arguments[0] instanceof Class<?> type
                && type.isInstance(connection)) {
            return connection;
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        } finally {
            if (method.getName().equals(CLOSE)) {
                permit.release();
            }
        }
    }
}
