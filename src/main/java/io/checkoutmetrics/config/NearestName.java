package io.checkoutmetrics.config;

import java.util.Collection;
import java.util.Comparator;

/** Of known names, the one that a mistyped name is nearest to by the number of edits. */
final class NearestName {
    private NearestName() {}

    static String of(String mistyped, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String name) -> edits(mistyped, name))
                        .thenComparing(name -> name))
                .orElseThrow();
    }

    static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
