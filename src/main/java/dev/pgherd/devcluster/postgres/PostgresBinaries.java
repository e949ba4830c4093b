package dev.pgherd.devcluster.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** PostgreSQL's programs, unpacked and known to run on this machine; version is for example 17.11. */
public record PostgresBinaries(Path home, String version) {

    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) ((\\d+)\\S*)");
    private static final int ANSWER_SECONDS = 30;

    /**
     * Unpacks the programs below {@code cache} unless they are there already. Safe when several processes do it at once
     * or one is killed while it does.
     *
     * @param progress is told before something that takes a while
     * @throws BinariesUnavailableException when there are none for this platform or they cannot be unpacked or run
     */
    public static PostgresBinaries install(Path cache, Consumer<String> progress) {
        var archive = BinariesArchive.forThisPlatform();
        try {
            var home = new BinariesCache(cache.toAbsolutePath())
                    .provide(archive, progress)
                    .toRealPath();
            return new PostgresBinaries(home, askVersion(home.resolve("bin").resolve("postgres")));
        } catch (IOException e) {
            throw new BinariesUnavailableException(
                    "PostgreSQL cannot be unpacked into " + cache.toAbsolutePath() + ": " + e
                            + "; use a directory that can be written, on a file system with 100 MB free",
                    e);
        }
    }

    public Path bin() {
        return home.resolve("bin");
    }

    public int majorVersion() {
        return Integer.parseInt(version.replaceFirst("\\D.*", ""));
    }

    private static String askVersion(Path postgres) {
        try {
            var process = new ProcessBuilder(List.of(postgres.toString(), "--version"))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            var answer = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            var matcher = VERSION.matcher(answer);
            if (matcher.find()) {
                return matcher.group(1);
            }
            throw new BinariesUnavailableException(postgres + " does not run here: " + answer.strip(), null);
        } catch (IOException e) {
            throw new BinariesUnavailableException(
                    postgres + " does not run here (the bundled PostgreSQL needs glibc, and a directory that is not"
                            + " mounted noexec): " + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BinariesUnavailableException("interrupted while asking " + postgres + " for its version", e);
        }
    }
}
