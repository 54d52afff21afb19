package io.checkoutmetrics.faults;

import java.io.IOException;
import java.util.Arrays;

/** Runs the main class that is its first argument, in a process that ends when the one that started it does. */
final class EndsWithParent {
    private EndsWithParent() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watch = new Thread(EndsWithParent::waitForParentsEnd, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        var main = Class.forName(args[0]).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    }

    /** The parent holds the other end of standard input, and never writes. */
    private static void waitForParentsEnd() {
        try {
            while (System.in.read() >= 0) {
                // nobody writes
            }
        } catch (IOException e) {
            // as good as an end
        }
        Runtime.getRuntime().halt(1);
    }
}
