package io.checkoutmetrics.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Input as a list of the parts its grammar gives it, so that it can be broken where it hurts: lengths and indices replaced,
 * parts left out, doubled, swapped, or taken from other input, and the whole cut, lengthened or scratched.
 */
public final class Tokens {
    private final List<byte[]> parts;

    private Tokens(List<byte[]> parts) {
        this.parts = parts;
    }

    /** What writes input in small pieces: each becomes a part. */
    @FunctionalInterface
    public interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    public static Tokens written(Writer writer) {
        List<byte[]> parts = new ArrayList<>();
        try {
            writer.writeTo(new OutputStream() {
                @Override
                public void write(int b) {
                    parts.add(new byte[] {(byte) b});
                }

                @Override
                public void write(byte[] bytes, int from, int length) {
                    parts.add(java.util.Arrays.copyOfRange(bytes, from, from + length));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Tokens(parts);
    }

    public static Tokens of(List<byte[]> parts) {
        return new Tokens(new ArrayList<>(parts));
    }

    /** As it was, or broken in up to three ways. */
    public byte[] broken(Random random, Tokens other, List<byte[]> hostile) {
        List<byte[]> mine = new ArrayList<>(parts);
        for (int i = random.nextInt(4); i > 0; i--) {
            breakParts(mine, random, other.parts, hostile);
        }
        byte[] bytes = joined(mine);
        return random.nextInt(3) > 0 ? bytes : scratched(bytes, random);
    }

    private static void breakParts(List<byte[]> mine, Random random, List<byte[]> others, List<byte[]> hostile) {
        if (mine.isEmpty()) {
            mine.add(any(hostile, random));
            return;
        }
        int at = random.nextInt(mine.size());
        switch (random.nextInt(7)) {
            case 0, 1 -> mine.set(at, any(hostile, random));
            case 2 -> mine.remove(at);
            case 3 -> mine.add(at, mine.get(random.nextInt(mine.size())));
            case 4 -> mine.add(at, any(hostile, random));
            case 5 -> mine.set(at, mine.set(random.nextInt(mine.size()), mine.get(at)));
            default -> {
                mine.subList(at, mine.size()).clear();
                mine.addAll(others.subList(random.nextInt(others.size() + 1), others.size()));
            }
        }
    }

    private static byte[] any(List<byte[]> hostile, Random random) {
        return hostile.get(random.nextInt(hostile.size()));
    }

    private static byte[] scratched(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0:
                return java.util.Arrays.copyOf(bytes, at);
            case 1:
                return java.util.Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
            case 2:
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                return bytes;
            default:
                bytes[at] = (byte) random.nextInt();
                return bytes;
        }
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        parts.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
