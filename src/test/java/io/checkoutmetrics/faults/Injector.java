package io.checkoutmetrics.faults;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Lets a fault happen. */
final class Injector {
    private static final int GUEST = Fleet.SIZE;
    private static final int STORMS = 3;
    private static final Duration BETWEEN_CUTS = Duration.ofMillis(500);
    private static final Set<Proxy.Way> BOTH = EnumSet.allOf(Proxy.Way.class);

    private final Cluster cluster;
    private final FaultyRegistry registry;
    private final Fleet fleet;
    private final Shoppers shoppers;

    Injector(Cluster cluster, FaultyRegistry registry, Fleet fleet, Shoppers shoppers) {
        this.cluster = cluster;
        this.registry = registry;
        this.fleet = fleet;
        this.shoppers = shoppers;
    }

    /** Returns when the fault is over: everything is connected and started again, though not yet at work. */
    void inject(Fault fault) {
        switch (fault.kind()) {
            case BROKER_KILLED, BROKERS_KILLED_BUT_ONE, BROKERS_KILLED, BROKER_TERMINATED, BROKER_FROZEN ->
                brokers(fault);
            case NETWORK_CUT, NETWORK_CUT_TO_ONE, NETWORK_FLAPPING, NETWORK_SLOW -> network(fault);
            case NETWORK_SILENT, NETWORK_SILENT_TO, NETWORK_SILENT_FROM -> silence(fault);
            case REGISTRY_DOWN, REGISTRY_SILENT, REGISTRY_SLOW -> registryWay(fault);
            case REGISTRY_FAILING, REGISTRY_BUSY, REGISTRY_BEHIND, REGISTRY_DOWN_AT_START -> registryAnswers(fault);
            case STATE_BYTE_FLIPPED, STATE_CHECKPOINT_DELETED, STATE_FOLDER_DELETED -> state(fault);
            case OPEN_TRANSACTION, INPUT_GARBAGE, INPUT_REPEATED, INPUT_SILENT -> input(fault);
            default -> instances(fault);
        }
        heal();
    }

    /** Ends every fault that there may be. */
    void heal() {
        cluster.heal();
        registry.heal();
        shoppers.silence(false);
        fleet.heal();
    }

    private void instances(Fault fault) {
        int instance = fault.target() % Fleet.SIZE;
        switch (fault.kind()) {
            case JOB_KILLED, JOB_KILLED_FOR_LONG -> fleet.kill(instance);
            case JOBS_KILLED -> {
                for (int i = 0; i < Fleet.SIZE; i++) {
                    fleet.kill(i);
                }
            }
            case JOB_TERMINATED, SCALED_DOWN -> fleet.terminate(instance);
            case JOB_FROZEN, ZOMBIE -> {
                fleet.process(instance).freeze(fault.lasting());
                return;
            }
            case JOBS_FROZEN -> {
                freezeAll(fault.lasting());
                return;
            }
            case ROLLING_BOUNCE -> {
                bounceAll();
                return;
            }
            case SCALED_UP -> {
                fleet.start(GUEST);
                pause(fault.lasting());
                fleet.terminate(GUEST);
                return;
            }
            case REBALANCE_STORM -> {
                storm(fault.lasting());
                return;
            }
            default -> throw new IllegalArgumentException(fault.toString());
        }
        pause(fault.lasting());
    }

    private void freezeAll(Duration lasting) {
        CompletableFuture.allOf(IntStream.range(0, Fleet.SIZE)
                        .mapToObj(fleet::process)
                        .map(instance -> CompletableFuture.runAsync(
                                () -> instance.freeze(lasting), task -> new Thread(task, "freezing").start()))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private void bounceAll() {
        for (int i = 0; i < Fleet.SIZE; i++) {
            fleet.terminate(i);
            fleet.start(i);
            fleet.awaitRunning(i);
        }
    }

    private void storm(Duration each) {
        for (int i = 0; i < STORMS; i++) {
            fleet.start(GUEST);
            pause(each);
            fleet.kill(GUEST);
        }
    }

    private void brokers(Fault fault) {
        Child broker = cluster.process(fault.target() % cluster.size());
        switch (fault.kind()) {
            case BROKER_KILLED -> broker.kill();
            case BROKER_TERMINATED -> {
                broker.terminate();
                if (broker.awaitEnd(Duration.ofSeconds(30)).isEmpty()) {
                    broker.kill();
                }
            }
            case BROKERS_KILLED -> killBrokers(cluster.size(), 0);
            case BROKERS_KILLED_BUT_ONE -> killBrokers(Math.max(1, cluster.size() - 1), fault.target());
            case BROKER_FROZEN -> {
                broker.freeze(fault.lasting());
                return;
            }
            default -> throw new IllegalArgumentException(fault.toString());
        }
        pause(fault.lasting());
    }

    private void killBrokers(int number, int first) {
        for (int i = first; i < first + number; i++) {
            cluster.process(i % cluster.size()).kill();
        }
    }

    private void network(Fault fault) {
        List<Proxy> link = cluster.link(fault.target() % Fleet.SIZE);
        switch (fault.kind()) {
            case NETWORK_CUT -> link.forEach(Proxy::cut);
            case NETWORK_CUT_TO_ONE ->
                cluster.linksOf(fault.target() % cluster.size()).forEach(Proxy::cut);
            case NETWORK_SLOW -> {
                Duration delay = Duration.ofMillis(20 + fault.lasting().toMillis() % 281);
                link.forEach(proxy -> proxy.delay(delay));
            }
            case NETWORK_FLAPPING -> {
                for (long i = fault.lasting().dividedBy(BETWEEN_CUTS); i > 0; i--) {
                    link.forEach(Proxy::cut);
                    link.forEach(Proxy::heal);
                    pause(BETWEEN_CUTS);
                }
                return;
            }
            default -> throw new IllegalArgumentException(fault.toString());
        }
        pause(fault.lasting());
    }

    private void silence(Fault fault) {
        Set<Proxy.Way> ways = switch (fault.kind()) {
            case NETWORK_SILENT_TO -> EnumSet.of(Proxy.Way.TO_SERVER);
            case NETWORK_SILENT_FROM -> EnumSet.of(Proxy.Way.FROM_SERVER);
            default -> BOTH;
        };
        cluster.link(fault.target() % Fleet.SIZE).forEach(proxy -> proxy.hold(ways));
        pause(fault.lasting());
    }

    private void registryWay(Fault fault) {
        switch (fault.kind()) {
            case REGISTRY_DOWN -> registry.way().cut();
            case REGISTRY_SILENT -> registry.way().hold(BOTH);
            default -> registry.way().delay(fault.lasting().dividedBy(4));
        }
        shoppers.changeSchema();
        pause(fault.lasting());
    }

    private void registryAnswers(Fault fault) {
        switch (fault.kind()) {
            case REGISTRY_FAILING -> registry.answerAll(500);
            case REGISTRY_BUSY -> registry.answerAll(429);
            case REGISTRY_BEHIND -> registry.answerUnknown();
            default -> {
                registry.way().cut();
                for (int i = 0; i < Fleet.SIZE; i++) {
                    fleet.kill(i);
                    fleet.start(i);
                }
            }
        }
        shoppers.changeSchema();
        pause(fault.lasting());
    }

    /** Stopped cleanly, since the state of one that was killed is not used again in any case. */
    private void state(Fault fault) {
        int instance = fault.target() % Fleet.SIZE;
        fleet.terminate(instance);
        StateFiles files = new StateFiles(fleet.stateFolder(instance));
        switch (fault.kind()) {
            case STATE_BYTE_FLIPPED ->
                files.flipBytes(new Random(fault.lasting().toNanos()));
            case STATE_CHECKPOINT_DELETED -> files.deleteCheckpoints();
            default -> files.deleteAll();
        }
        pause(fault.lasting());
    }

    private void input(Fault fault) {
        switch (fault.kind()) {
            case OPEN_TRANSACTION -> shoppers.openTransaction(fault.lasting(), fault.target() % 2 == 0);
            case INPUT_GARBAGE -> shoppers.sendGarbage();
            case INPUT_REPEATED -> shoppers.sendAgain();
            default -> {
                shoppers.silence(true);
                pause(fault.lasting());
            }
        }
    }

    private static void pause(Duration lasting) {
        LockSupport.parkNanos(lasting.toNanos());
    }
}
