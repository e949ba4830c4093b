package dev.pgherd.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where log lines go: a server's to its console, those of a person's session to a file. */
final class Logging {

    private Logging() {}

    /** How a log line looks. */
    enum Format {
        TEXT,
        JSON
    }

    static void forServer(Format format) {
        if (format == Format.JSON) {
            var appender = new ConsoleAppender<ILoggingEvent>();
            appender.setTarget("System.err");
            appender.setEncoder(json());
            replace(appender);
        }
    }

    /** With the message as it reads, not in parts. */
    static JsonEncoder json() {
        var encoder = new JsonEncoder();
        encoder.setContext(context());
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        encoder.setWithContext(false);
        encoder.setWithMDC(false);
        encoder.start();
        return encoder;
    }

    /** Everything into the file, so that the console stays readable. */
    static void toFile(Path file) {
        var appender = new FileAppender<ILoggingEvent>();
        appender.setFile(file.toString());
        appender.setAppend(false);
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context());
        encoder.setPattern("%d{ISO8601} %-5level [%thread] %logger{40} %msg %kvp%n%ex");
        encoder.start();
        appender.setEncoder(encoder);
        replace(appender);
        root().setLevel(Level.INFO);
    }

    /** Only what went wrong. */
    static void quiet() {
        root().setLevel(Level.ERROR);
    }

    private static void replace(OutputStreamAppender<ILoggingEvent> appender) {
        appender.setContext(context());
        appender.start();
        root().detachAndStopAllAppenders();
        root().addAppender(appender);
    }

    private static ch.qos.logback.classic.Logger root() {
        return context().getLogger(Logger.ROOT_LOGGER_NAME);
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
