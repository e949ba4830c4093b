package dev.pgherd.mcp.instance;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.mcp.call.ToolSource;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.method.Listing;
import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.tool.InstanceTools;
import dev.pgherd.mcp.tool.PgTool;
import java.util.List;
import java.util.stream.Stream;

/** The tools of all instances together, and then those of each instance that there is now. */
public final class InstanceToolSource implements ToolSource {

    private final List<PgTool> general;
    private final InstanceTools ofInstances;
    private final KnownInstances instances;
    private volatile Made made;

    public InstanceToolSource(List<PgTool> general, InstanceTools ofInstances, KnownInstances instances) {
        this.general = List.copyOf(general);
        this.ofInstances = ofInstances;
        this.instances = instances;
        this.made = new Made(List.of(), this.general);
    }

    /** Has clients hear of tools that come and go. */
    public void announceTo(Announcer announcer) {
        instances.onChange(changes -> {
            if (changes.listed()) {
                announcer.say(new News.ListChanged(Listing.TOOLS));
            }
        });
    }

    @Override
    public List<PgTool> tools() {
        var now = instances.keys();
        var known = made;
        if (!known.of().equals(now)) {
            known = new Made(
                    now,
                    Stream.concat(general.stream(), ofInstances.of(now).stream())
                            .toList());
            made = known;
        }
        return known.tools();
    }

    @Override
    public boolean changes() {
        return true;
    }

    private record Made(List<InstanceKey> of, List<PgTool> tools) {}
}
