package dev.pgherd.connection;

import java.util.concurrent.ThreadFactory;

/** Names the threads of this package; none of them keeps the process alive. */
final class DaemonThreads {

    private DaemonThreads() {}

    static ThreadFactory named(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
