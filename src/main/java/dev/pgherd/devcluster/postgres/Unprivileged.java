package dev.pgherd.devcluster.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** How a program is started so that it does not run as root, which PostgreSQL refuses. */
public sealed interface Unprivileged {

    /** The command that runs {@code command} as the same process (same pid, signals arrive). */
    List<String> wrap(List<String> command);

    /** Gives a directory and all in it to the user that the programs run as. */
    void own(Path directory) throws IOException;

    /** Which way it is, for the log. */
    String description();

    /** Finds the best way that works on this machine for programs that need no particular directory. */
    static Unprivileged detect() {
        return detect(List.of());
    }

    /**
     * Finds the best way that works on this machine: as another user a program really loses the rights of root, in a
     * user namespace it keeps them for the kernel.
     *
     * @param needed the directories that the programs must be able to enter
     * @throws BinariesUnavailableException when this is root and there is none
     */
    static Unprivileged detect(List<Path> needed) {
        if (!isRoot()) {
            return new AsIs();
        }
        var other = new OtherUser();
        var obstacle = other.obstacle(needed);
        if (obstacle.isEmpty()) {
            return other;
        }
        var namespace = new UserNamespace();
        if (!succeeds(namespace.wrap(List.of("true")))) {
            throw new BinariesUnavailableException(
                    "PostgreSQL refuses to run as root, but " + obstacle.get()
                            + ", and 'unshare --user' does not work here; run this program as another user",
                    null);
        }
        LoggerFactory.getLogger(Unprivileged.class)
                .atWarn()
                .addKeyValue("reason", obstacle.get())
                .log("PostgreSQL runs in a user namespace, where it keeps root's rights to files");
        return namespace;
    }

    /** Fails with a clear message when programs started this way could not enter {@code directory}. */
    default void requireAccess(Path directory) {
        if (!canEnter(directory)) {
            throw new BinariesUnavailableException(
                    directory + " cannot be entered by PostgreSQL, which runs " + description()
                            + ": make every directory above it executable for others (chmod o+x), or choose another one",
                    null);
        }
    }

    private boolean canEnter(Path directory) {
        return succeeds(wrap(List.of("test", "-x", directory.toString())));
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    private static boolean succeeds(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Not root: nothing to do. */
    record AsIs() implements Unprivileged {

        @Override
        public List<String> wrap(List<String> command) {
            return command;
        }

        @Override
        public void own(Path directory) {
            // it is ours already
        }

        @Override
        public String description() {
            return "as the current user";
        }
    }

    /** Root looks like nobody inside a user namespace, and so do its files: ownership needs no change. */
    record UserNamespace() implements Unprivileged {

        @Override
        public List<String> wrap(List<String> command) {
            return prefixed(List.of("unshare", "--user", "--map-user=65534", "--map-group=65534", "--"), command);
        }

        @Override
        public void own(Path directory) throws IOException {
            Ownership.change(directory, 0);
        }

        @Override
        public String description() {
            return "in a user namespace";
        }
    }

    /** Another numeric user, which must own its data and reach it through every directory above. */
    record OtherUser() implements Unprivileged {

        private static final int NOBODY = 65534;

        /** Why programs cannot be run this way. */
        private Optional<String> obstacle(List<Path> needed) {
            if (!succeeds(wrap(List.of("true")))) {
                return Optional.of("'setpriv --reuid' does not work here");
            }
            return needed.stream()
                    .filter(directory -> !((Unprivileged) this).canEnter(directory))
                    .findFirst()
                    .map(directory -> "uid " + NOBODY + " cannot enter " + directory
                            + " (make every directory above it executable for others: chmod o+x)");
        }

        @Override
        public List<String> wrap(List<String> command) {
            return prefixed(
                    List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"), command);
        }

        @Override
        public void own(Path directory) throws IOException {
            Ownership.change(directory, NOBODY);
        }

        @Override
        public String description() {
            return "as uid " + NOBODY;
        }
    }

    private static List<String> prefixed(List<String> prefix, List<String> command) {
        var all = new ArrayList<>(prefix);
        all.addAll(command);
        return List.copyOf(all);
    }
}
