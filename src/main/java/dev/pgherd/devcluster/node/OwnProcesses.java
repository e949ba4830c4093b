package dev.pgherd.devcluster.node;

import dev.pgherd.devcluster.postgres.PostgresBinaries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Finds processes that containers left behind. A process is ours if it carries our mark in its environment, or if it
 * is one of our PostgreSQL programs and works in one of our directories; nothing else is ever touched.
 */
record OwnProcesses(PostgresBinaries binaries, String mark) {

    /** The environment variable that marks the processes of a node: the node's directory. */
    static final String MARK = "PGHERD_NODE";

    /** Marks the processes of one pod: its uid. */
    static final String POD_MARK = "PGHERD_POD";

    List<ProcessHandle> ofNode(Path volumes) {
        return find(MARK + "=" + mark, List.of(volumes));
    }

    List<ProcessHandle> ofPod(String uid, List<Path> volumes) {
        return find(POD_MARK + "=" + uid, volumes);
    }

    private List<ProcessHandle> find(String variable, List<Path> directories) {
        return ProcessHandle.allProcesses()
                .filter(it -> it.pid() != ProcessHandle.current().pid())
                .filter(it -> hasVariable(it, variable) || isPostgresIn(it, directories))
                .toList();
    }

    private static boolean hasVariable(ProcessHandle process, String variable) {
        try {
            var environment = Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1);
            return Arrays.asList(environment.split("\0", -1))
                    .contains(new String(variable.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false;
        }
    }

    /** Server processes replace their environment by a title, but they work in their data directory. */
    private boolean isPostgresIn(ProcessHandle process, List<Path> directories) {
        var command = process.info().command().map(Path::of);
        if (command.filter(it -> it.startsWith(binaries.bin())).isEmpty()) {
            return false;
        }
        try {
            var works = Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
            return directories.stream().anyMatch(works::startsWith);
        } catch (IOException e) {
            var arguments = process.info().arguments().stream().flatMap(Arrays::stream);
            return arguments.anyMatch(
                    it -> directories.stream().anyMatch(dir -> Path.of(it).startsWith(dir)));
        }
    }
}
