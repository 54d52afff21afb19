package io.checkoutmetrics.stream;

import java.util.Random;

/**
 * In which order, how fast and how well a simulated job goes: the manner of one run, drawn from its random numbers.
 *
 * @param live whether hits come in as the clock goes, rather than being there before
 * @param partitions of every topic
 * @param threads that share the tasks
 * @param crashes of a thread, like all the following in a thousand steps
 * @param downs stops of one thread or all for a while
 * @param rebalances how often tasks are dealt out anew
 * @param commits of a thread
 * @param clockMoves how often the clock goes on
 * @param punctuations how often a task looks at the clock
 * @param mostAtOnce largest number of records a task takes in one step
 * @param slowTask number of a task that rarely gets a turn, or one that there is not
 * @param slownessMs by so much the clock goes on, at most, while the last stage works on one series
 */
record SimulatedSchedule(
        boolean live,
        int partitions,
        int threads,
        int crashes,
        int downs,
        int rebalances,
        int commits,
        int clockMoves,
        int punctuations,
        int mostAtOnce,
        int slowTask,
        int slownessMs) {

    static SimulatedSchedule draw(Random random, boolean live) {
        return new SimulatedSchedule(
                live,
                oneOf(random, 1, 2, 3, 5),
                oneOf(random, 1, 2, 3),
                oneOf(random, 0, 0, 3, 15, 60),
                oneOf(random, 0, 0, 2, 10),
                oneOf(random, 0, 0, 2, 10),
                oneOf(random, 10, 60, 250),
                oneOf(random, 50, 150, 300),
                oneOf(random, 50, 100, 200),
                oneOf(random, 1, 5, 30, 1_000),
                random.nextInt(30),
                oneOf(random, 0, 0, 100, 400));
    }

    private static int oneOf(Random random, int... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
