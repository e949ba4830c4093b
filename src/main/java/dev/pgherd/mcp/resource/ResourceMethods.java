package dev.pgherd.mcp.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.instance.InstanceChanges;
import dev.pgherd.mcp.instance.KnownInstances;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.method.Feature;
import dev.pgherd.mcp.method.Freshness;
import dev.pgherd.mcp.method.Listing;
import dev.pgherd.mcp.method.Method;
import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.method.Pages;
import dev.pgherd.mcp.method.Request;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.tool.DnsLabel;
import dev.pgherd.mcp.tool.PgTool;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The methods by which clients find resources, read them, and hear that they have changed. */
public final class ResourceMethods {

    private final KnownInstances instances;
    private final ResourceReading reading;

    /** Resources that none of these tools could read are not there. */
    public ResourceMethods(KnownInstances instances, List<PgTool> tools, ToolCalls calls) {
        this.instances = instances;
        this.reading = new ResourceReading(tools, calls);
    }

    public Feature feature() {
        Method list = this::list;
        Method templates = this::templates;
        Method read = this::read;
        return new Feature(
                "resources",
                JsonNodeFactory.instance.objectNode().put("subscribe", true).put("listChanged", true),
                Map.of(
                        "resources/list", list.fresh(Freshness.OF_WHAT_CHANGES),
                        "resources/templates/list", templates.fresh(Freshness.OF_WHAT_STAYS),
                        "resources/read", read.fresh(Freshness.OF_WHAT_CHANGES),
                        "resources/subscribe", this::subscribe,
                        "resources/unsubscribe", this::unsubscribe),
                ResourceMethods::isOfInstance);
    }

    /** Has clients hear of instances that come, change and go. */
    public void announceTo(Announcer announcer) {
        instances.onChange(changes -> announce(changes, announcer));
    }

    /** Whoever follows one that is gone hears so, and finds out by reading it. */
    private void announce(InstanceChanges changes, Announcer announcer) {
        if (changes.listed()) {
            announcer.say(new News.ListChanged(Listing.RESOURCES));
        }
        changes.touched().forEach(key -> announcer.say(new News.ResourceUpdated(uri(key))));
    }

    private ObjectNode list(Request request) {
        var there = reading.reads(ResourceKind.STATE) ? instances.keys() : List.<InstanceKey>of();
        return Pages.USUAL.answer(request.params(), "resources", there, InstanceKey::toString, ResourceMethods::json);
    }

    private ObjectNode templates(Request request) {
        var kinds = Arrays.stream(ResourceKind.values()).filter(reading::reads).toList();
        return Pages.USUAL.answer(
                request.params(), "resourceTemplates", kinds, ResourceKind::template, ResourceKind::json);
    }

    private ObjectNode read(Request request) {
        return reading.read(request.required("uri"), request);
    }

    private ObjectNode subscribe(Request request) {
        var uri = request.required("uri");
        var followed = ResourceAddress.parse(uri)
                .filter(address -> instances.contain(address.instance()))
                .orElseThrow(
                        () -> ResourceReading.unknown(uri, "There is no such resource; resources/list shows all."));
        if (!followed.equals(new ResourceAddress.State(followed.instance()))) {
            throw new RpcException(
                    RpcError.INVALID_PARAMS,
                    "Nobody tells the server when a schema changes; only instances can be followed: %s."
                            .formatted(uri(followed.instance())));
        }
        request.session().ifPresent(session -> session.follow(followed.uri()));
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode unsubscribe(Request request) {
        var uri = request.required("uri");
        var followed = ResourceAddress.parse(uri).map(ResourceAddress::uri).orElse(uri);
        request.session().ifPresent(session -> session.leave(followed));
        return JsonNodeFactory.instance.objectNode();
    }

    /** Also of one that is yet to come. */
    private static boolean isOfInstance(String uri) {
        return ResourceAddress.parse(uri)
                .map(ResourceAddress::instance)
                .filter(key -> DnsLabel.matches(key.namespace()) && DnsLabel.matches(key.name()))
                .filter(key -> uri.equals(uri(key)))
                .isPresent();
    }

    private static ObjectNode json(InstanceKey key) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("uri", uri(key))
                .put("name", key.toString())
                .put("description", "The state of the PostgreSQL instance %s.".formatted(key))
                .put("mimeType", ResourceKind.MEDIA_TYPE);
    }

    private static String uri(InstanceKey key) {
        return new ResourceAddress.State(key).uri();
    }
}
