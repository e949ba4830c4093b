package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.sql.Cancellation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks several instances at the same time within one deadline; what one of them does is nothing to the others. */
final class SideBySide {

    private static final Logger LOG = LoggerFactory.getLogger(SideBySide.class);
    private static final int AT_A_TIME = 8;

    /** The servers end what runs too long themselves, and say so better. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Duration limit;
    private final ToolCall call;
    private final Question question;
    private final long began = System.nanoTime();

    SideBySide(Duration limit, ToolCall call, Question question) {
        this.limit = limit;
        this.call = call;
        this.question = question;
    }

    /** In the order of the keys, each once. */
    List<InstanceAnswer> ask(List<InstanceKey> keys) {
        var cancellations = keys.stream().collect(Collectors.toMap(Function.identity(), key -> new Cancellation()));
        Runnable giveUp = () -> cancellations.values().forEach(Cancellation::request);
        call.cancellation().onRequest(giveUp);
        var threads = threads(Math.min(keys.size(), AT_A_TIME));
        try {
            var service = new ExecutorCompletionService<InstanceAnswer>(threads);
            cancellations.forEach((key, cancellation) -> service.submit(() -> answer(key, cancellation)));
            var answers = collect(service, keys.size());
            return keys.stream()
                    .map(key -> answers.getOrDefault(key, late(key)))
                    .toList();
        } finally {
            giveUp.run();
            threads.shutdownNow();
        }
    }

    private Map<InstanceKey, InstanceAnswer> collect(ExecutorCompletionService<InstanceAnswer> service, int count) {
        var answers = new HashMap<InstanceKey, InstanceAnswer>();
        try {
            while (answers.size() < count) {
                var done = service.poll(left().plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
                if (done == null) {
                    break;
                }
                var answer = done.get();
                answers.put(answer.key(), answer);
                call.progress().report("%s is done, %d of %d".formatted(answer.key(), answers.size(), count));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return answers;
    }

    private InstanceAnswer answer(InstanceKey key, Cancellation cancellation) {
        var left = left();
        if (left.toMillis() < 1) {
            return late(key);
        }
        try {
            return question.ask(key, left, cancellation);
        } catch (ToolFailedException e) {
            return InstanceAnswer.failed(key, e.result().message());
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("instance", key).setCause(e).log("An instance could not be asked");
            return InstanceAnswer.failed(
                    key, "Something went wrong inside the server; its log has the details. Trying again may help.");
        }
    }

    private InstanceAnswer late(InstanceKey key) {
        return InstanceAnswer.failed(
                key, "It did not answer within the %d s that the whole call has.".formatted(limit.toSeconds()));
    }

    private Duration left() {
        return limit.minusNanos(System.nanoTime() - began);
    }

    private static ExecutorService threads(int count) {
        return Executors.newFixedThreadPool(count, task -> {
            var thread = new Thread(task, "pgherd-side-by-side");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** What is asked of each instance, within the time that is left then. */
    @FunctionalInterface
    interface Question {

        InstanceAnswer ask(InstanceKey key, Duration left, Cancellation cancellation);
    }
}
