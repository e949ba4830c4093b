package dev.pgherd.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the owner of one instance does in its life; which, is for chance to say. */
final class LifeStory {

    private final Owner owner;
    private final String name;
    private final Random random;
    private final boolean retained;
    private final boolean deleted;

    private int workMem = 4;
    private int maxConnections = 30;
    private int memory = 64;
    private int storage = 1;

    LifeStory(Owner owner, String name, long seed) {
        this.owner = owner;
        this.name = name;
        this.random = new Random(seed);
        this.retained = random.nextBoolean();
        this.deleted = random.nextInt(3) == 0;
    }

    /** Made, filled, changed once or twice, and maybe deleted. */
    void live() {
        owner.apply(name, spec());
        // Whoever is impatient changes what is not even there yet.
        if (random.nextBoolean()) {
            change();
        }
        owner.awaitAvailable(name);
        owner.execute(name, "CREATE TABLE IF NOT EXISTS kept AS SELECT '" + name + "' AS whose");
        for (var changes = 1 + random.nextInt(2); changes > 0; changes--) {
            change();
            if (random.nextBoolean()) {
                owner.awaitReady(name);
            }
        }
        if (deleted) {
            owner.delete(name);
        }
    }

    /** As the last spec says, and with all data, or gone. */
    void assertConverged() {
        if (deleted) {
            assertThat(owner.find(name)).isNull();
            return;
        }
        owner.awaitReady(name);
        assertThat(owner.query(name, "SELECT whose FROM kept")).isEqualTo(name);
        assertThat(owner.query(name, "SHOW work_mem")).isEqualTo(workMem + "MB");
        assertThat(owner.query(name, "SHOW max_connections")).isEqualTo(String.valueOf(maxConnections));
        assertThat(owner.requestedMemory(name)).isEqualTo(memory + "Mi");
        assertThat(owner.capacity(name)).isEqualTo(storage + "Gi");
    }

    boolean runs() {
        return !deleted;
    }

    /** Kind and name of every object that is to be there in the end. */
    Set<String> objects() {
        var kept =
                Stream.of("Secret/%s-app", "Secret/%s-agent", "Secret/%s-superuser", "PersistentVolumeClaim/data-%s-0");
        var owned = Stream.of("StatefulSet/%s", "Pod/%s-0", "ConfigMap/%s-config", "Service/%s-rw", "Service/%s-pods");
        var all = deleted ? (retained ? kept : Stream.<String>of()) : Stream.concat(kept, owned);
        return all.map(object -> object.formatted(name)).collect(Collectors.toSet());
    }

    private void change() {
        switch (random.nextInt(4)) {
            case 0 -> workMem++;
            case 1 -> maxConnections++;
            case 2 -> memory++;
            default -> storage++;
        }
        owner.apply(name, spec());
    }

    private String spec() {
        return """
                deletionPolicy: %s
                storage: {size: %dGi}
                resources: {requests: {memory: %dMi}}
                postgresql: {parameters: {work_mem: %dMB, max_connections: '%d', shared_buffers: 16MB}}
                """.formatted(retained ? "Retain" : "Delete", storage, memory, workMem, maxConnections);
    }

    @Override
    public String toString() {
        return name + ":\n" + spec();
    }
}
