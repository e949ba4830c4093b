package dev.pgherd.cli;

import ch.qos.logback.classic.Logger;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.LoggerFactory;

/** One run of a command in this process. */
record CommandLineRun(int exitCode, String out, String err) {

    static CommandLineRun of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        // Commands silence the log for good, and other tests of this process read theirs.
        var log = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        var level = log.getLevel();
        try {
            var exitCode = Main.commandLine()
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(arguments);
            return new CommandLineRun(exitCode, out.toString(), err.toString());
        } finally {
            log.setLevel(level);
        }
    }
}
