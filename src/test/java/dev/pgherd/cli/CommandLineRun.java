package dev.pgherd.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One run of a command in this process. */
record CommandLineRun(int exitCode, String out, String err) {

    static CommandLineRun of(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exitCode = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }
}
