package io.checkoutmetrics.oracle;

import java.util.Locale;

/** What makes two checkouts of a report suite one. */
public enum DedupMode {
    EVENT_ID,
    VISIT,
    ALWAYS;

    static DedupMode of(String setting) {
        return valueOf(setting.trim().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
