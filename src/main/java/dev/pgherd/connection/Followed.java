package dev.pgherd.connection;

import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The objects of one kind as the API last told, in one namespace each or in all. */
final class Followed<T extends HasMetadata> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Followed.class);

    private static final Map<String, String> AGENT_SECRETS =
            Map.of(Labels.MANAGED_BY, Labels.PGHERD, Labels.COMPONENT, Labels.AGENT_CREDENTIALS);

    private final List<Source<T>> sources;

    private Followed(Stream<? extends Informable<T>> sources, Consumer<? super T> changed, Duration round) {
        this.sources = sources.map(source -> Source.of(source, changed, round)).toList();
    }

    /** After each round also tells of what did not change. */
    static Followed<PostgresInstance> instances(
            KubernetesClient client, Set<String> namespaces, Consumer<PostgresInstance> changed, Duration round) {
        var all = client.resources(PostgresInstance.class);
        return new Followed<>(
                namespaces.isEmpty()
                        ? Stream.of(all.inAnyNamespace())
                        : namespaces.stream().map(all::inNamespace),
                changed,
                round);
    }

    /** After each round also tells of what did not change. */
    static Followed<Secret> agentSecrets(
            KubernetesClient client, Set<String> namespaces, Consumer<Secret> changed, Duration round) {
        return new Followed<>(
                namespaces.isEmpty()
                        ? Stream.of(client.secrets().inAnyNamespace().withLabels(AGENT_SECRETS))
                        : namespaces.stream()
                                .map(namespace ->
                                        client.secrets().inNamespace(namespace).withLabels(AGENT_SECRETS)),
                changed,
                round);
    }

    /** Done once all has been read. */
    CompletableFuture<Void> start() {
        return all(sources.stream().map(Source::start));
    }

    /**
     * Starts in each namespace when the other has read it or has failed to; both follow the same ones.
     *
     * @return done once all has been read
     */
    CompletableFuture<Void> startAfter(Followed<?> other) {
        return all(IntStream.range(0, sources.size())
                .mapToObj(index -> other.sources
                        .get(index)
                        .tried()
                        .thenCompose(done -> sources.get(index).start())));
    }

    Optional<T> get(String namespace, String name) {
        return sources.stream()
                .map(source -> source.informer().getStore().getByKey(Cache.namespaceKeyFunc(namespace, name)))
                .filter(Objects::nonNull)
                .findFirst();
    }

    Stream<T> in(String namespace) {
        return sources.stream()
                .flatMap(source -> source.informer().getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace).stream());
    }

    @Override
    public void close() {
        sources.forEach(source -> source.informer().close());
    }

    private static CompletableFuture<Void> all(Stream<CompletableFuture<Void>> starts) {
        return CompletableFuture.allOf(starts.toArray(CompletableFuture<?>[]::new));
    }

    /** Where they come from; what was tried may have failed, and is tried again. */
    private record Source<T>(SharedIndexInformer<T> informer, CompletableFuture<Void> tried) {

        static <T extends HasMetadata> Source<T> of(Informable<T> source, Consumer<? super T> changed, Duration round) {
            var tried = new CompletableFuture<Void>();
            var informer = source.runnableInformer(round.toMillis())
                    .exceptionHandler((started, problem) -> {
                        LOG.atWarn()
                                .addKeyValue("problem", String.valueOf(problem.getMessage()))
                                .log("Kubernetes API cannot be followed, trying again");
                        tried.complete(null);
                        return true;
                    })
                    .addEventHandler(new Changes<>(changed));
            return new Source<>(informer, tried);
        }

        CompletableFuture<Void> start() {
            return informer.start().toCompletableFuture().thenRun(() -> tried.complete(null));
        }
    }

    /** All that counts is that something changed; what is true now is in the stores. */
    private record Changes<T>(Consumer<? super T> changed) implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T object) {
            changed.accept(object);
        }

        @Override
        public void onUpdate(T before, T after) {
            changed.accept(after);
        }

        @Override
        public void onDelete(T object, boolean stateUnknown) {
            changed.accept(object);
        }
    }
}
