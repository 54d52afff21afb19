package io.checkoutmetrics.hit;

/**
 * How the values of one Avro type lie in the bytes: enough to pass over one without making anything of it. Immutable,
 * compiled once per schema by {@link Shapes}.
 *
 * <p>Passing takes time linear in the bytes passed, whatever they claim: values that take no bytes are not visited.
 */
abstract sealed class Shape {
    /** More items than this in a block of items that take no bytes is an attack, not an array. */
    private static final int MAX_EMPTY_ITEMS = 65_536;

    private static final long MANY = Integer.MAX_VALUE;

    /** The least bytes that a value takes; more than any record has counts as {@link Integer#MAX_VALUE}. */
    final long minBytes;

    /** Levels of types nested in this one, itself included. */
    final int height;

    private Shape(long minBytes, int height) {
        this.minBytes = Math.min(minBytes, MANY);
        this.height = height;
    }

    /**
     * Moves the cursor behind one value.
     *
     * @param thorough whether to look inside blocks that state their size, instead of jumping over them
     */
    abstract void pass(AvroCursor in, boolean thorough);

    /** A type whose values all take the same number of bytes. */
    static final class Fixed extends Shape {
        Fixed(long bytes, int height) {
            super(bytes, height);
        }

        @Override
        void pass(AvroCursor in, boolean thorough) {
            in.skip(minBytes);
        }
    }

    static final class IntNumber extends Shape {
        IntNumber() {
            super(1, 1);
        }

        @Override
        void pass(AvroCursor in, boolean thorough) {
            in.readInt();
        }
    }

    static final class LongNumber extends Shape {
        LongNumber() {
            super(1, 1);
        }

        @Override
        void pass(AvroCursor in, boolean thorough) {
            in.readLong();
        }
    }

    static final class Symbol extends Shape {
        private final int symbols;

        Symbol(int symbols) {
            super(1, 1);
            this.symbols = symbols;
        }

        @Override
        void pass(AvroCursor in, boolean thorough) {
            in.readIndex(symbols);
        }
    }

    /** A string or bytes. */
    static final class Text extends Shape {
        Text() {
            super(1, 1);
        }

        @Override
        void pass(AvroCursor in, boolean thorough) {
            in.skip(in.readLength());
        }
    }

    /** A union. */
    static final class Choice extends Shape {
        private final Shape[] branches;

        Choice(Shape[] branches) {
            super(1 + least(branches), 1 + highest(branches));
            this.branches = branches;
        }

        @Override
        void pass(AvroCursor in, boolean thorough) {
            branches[in.readIndex(branches.length)].pass(in, thorough);
        }

        private static long least(Shape[] branches) {
            long least = branches.length == 0 ? 0 : MANY;
            for (Shape branch : branches) {
                least = Math.min(least, branch.minBytes);
            }
            return least;
        }
    }

    /** The fields of a record; those that take no bytes are left out. */
    static final class Sequence extends Shape {
        private final Shape[] parts;

        Sequence(Shape[] parts, int height) {
            super(sum(parts), height);
            this.parts = parts;
        }

        @Override
        void pass(AvroCursor in, boolean thorough) {
            for (Shape part : parts) {
                part.pass(in, thorough);
            }
        }
    }

    /** An array; a map is an array of keys and values. */
    static final class Blocks extends Shape {
        private final Shape item;

        Blocks(Shape item) {
            super(1, 1 + item.height);
            this.item = item;
        }

        @Override
        void pass(AvroCursor in, boolean thorough) {
            int items = in.readBlock();
            while (items > 0) {
                int stated = in.blockEnd();
                if (item.minBytes == 0 && items > MAX_EMPTY_ITEMS) {
                    throw BadHit.EMPTY_ITEMS;
                }
                if (stated != AvroCursor.UNSTATED && !thorough) {
                    in.seek(stated);
                } else {
                    passItems(in, items, thorough);
                    if (stated != AvroCursor.UNSTATED && stated != in.position()) {
                        throw BadHit.BLOCK_SIZE;
                    }
                }
                items = in.readBlock();
            }
        }

        private void passItems(AvroCursor in, int items, boolean thorough) {
            if (item instanceof Fixed) {
                in.skip(items * item.minBytes);
                return;
            }
            for (int i = 0; i < items; i++) {
                item.pass(in, thorough);
            }
        }
    }

    static int highest(Shape[] shapes) {
        int highest = 0;
        for (Shape shape : shapes) {
            highest = Math.max(highest, shape.height);
        }
        return highest;
    }

    private static long sum(Shape[] parts) {
        long sum = 0;
        for (Shape part : parts) {
            sum += part.minBytes;
        }
        return sum;
    }
}
