package dev.pgherd.devcluster.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** All that is needed to start a container's program, and others inside the same container. */
record ContainerPlan(
        Launcher.Invocation invocation, Map<String, String> variables, MountedPaths paths, PodAddress address) {

    ContainerPlan {
        variables = Map.copyOf(variables);
    }

    /** Expansion comes first: real paths contain what looks like mount paths. */
    List<String> translate(List<String> command) {
        return command.stream()
                .map(it -> paths.translate(Variables.expand(it, variables)))
                .toList();
    }

    static ContainerPlan of(
            String podUid,
            List<String> command,
            Map<String, String> variables,
            MountedPaths paths,
            PodAddress address,
            Path directory,
            Path programs) {
        var environment = new java.util.HashMap<String, String>();
        variables.forEach((name, value) -> environment.put(name, paths.translate(value)));
        var outline = new ContainerPlan(
                new Launcher.Invocation(podUid, command, environment, directory, programs), variables, paths, address);
        var bound = PostgresCommand.within(outline.translate(command), address, directory);
        return new ContainerPlan(outline.invocation().with(bound), variables, paths, address);
    }
}
