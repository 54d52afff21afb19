package io.checkoutmetrics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The README's blocks of code. */
final class Readme {
    private static final String FENCE = "```";

    private Readme() {}

    /** The blocks in that language, in their order. */
    static List<String> blocks(String language) {
        List<String> blocks = new ArrayList<>();
        StringBuilder block = null;
        for (String line : lines()) {
            if (block == null && line.equals(FENCE + language)) {
                block = new StringBuilder();
            } else if (block != null && line.equals(FENCE)) {
                blocks.add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }

    /** Every line of every block for a shell. */
    static List<String> commands() {
        return blocks("sh").stream().flatMap(String::lines).toList();
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(Path.of("README.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
