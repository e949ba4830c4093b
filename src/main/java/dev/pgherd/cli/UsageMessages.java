package dev.pgherd.cli;

import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and where to read how it is right. */
final class UsageMessages implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        var command = exception.getCommandLine();
        var err = command.getErr();
        err.println("pgherd: " + plain(String.valueOf(exception.getMessage())));
        UnmatchedArgumentException.printSuggestions(exception, err);
        err.println("See %s --help".formatted(command.getCommandSpec().qualifiedName()));
        return CommandLine.ExitCode.USAGE;
    }

    /** The parser counts what people do not. */
    private static String plain(String message) {
        return message.replaceFirst("^Unmatched arguments? (at|from) index \\d+: ", "Nothing here takes ")
                .replace("option option", "option");
    }
}
