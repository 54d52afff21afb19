package io.checkoutmetrics.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was stored by another version, or by one that went by other clocks. */
class StoredWatchTest {
    private static final Sensitivity SENSITIVITY = new Sensitivity(0.1);
    private static final long MONDAY_MS = 1_767_571_200_000L; // 5 January 2026
    private static final int DAY = 24 * 60 * 60;

    /** Of the version before pauses were learned: 90 minutes with checkouts, five without. */
    private static final String NOW_BEFORE =
            "AwAAAAEAAAGbi8Z9wAAAAZuLxw5IgAAAAAAAAAAAAAGbi8sNuAAAAZuLyidAAAAAAAAAAAAAAAAAAAAJcECC6htCxT5WAAAAAAAA"
                    + "AAA/7//////oxgABQGALY6iR1F8AAAGbi8Z9wECC6htCxT5WAAAAAAAAAAAAAAAAAAAAAAAAAABARBlY71Dn1A==";

    private static final String MINUTES_BEFORE =
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAsgB12Y6rAEBDEqfHYtSKQL/4K4AynINAxpVWbnfU1cCQm9Wp8141QSXC"
                    + "yqgQ9dVASBihZAUScEA62z+EMt9QQF0AAAAAAABAVIAAAAAAAECk9gAAAAAAQDYAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAA"
                    + "AAAAAAAAAAAAAAAAAABA9mUDwuVSvkBDEqfHYtSKQO8uHodAl7FBDEroOl/36MD3Nn1ZA9UoQbDZxlNHCslASBihZAUScEBHmHZa"
                    + "gJH/QKMQAAAAAABAVIAAAAAAAEDp5aAAAAAAQDYAAAAAAAAAAAABAQAAAZuLwP+AAAAAAAAAAIYAAAAAAAAJe0BeI15MEp9gQKLC"
                    + "8woRARgBAAABm4vB6eAAAAAAAAAAfAAAAAAAAAlnQF4pXLXCktRAosLW+IgxegEAAAGbi8LUQAAAAAAAAACKAAAAAAAACYFAXjDn"
                    + "Nsc0Q0Cixbqbflk2AQAAAZuLw76gAAAAAAAAAHQAAAAAAAAJZ0BeKlTtptk1QKLFDr0lxb4BAAABm4vEqQAAAAAAAAAAfAAAAAAA"
                    + "AAmmQF5Sih4CETRAosXc7USB2QEAAAGbi8WTYAAAAAAAAACGAAAAAAAACVZAXlqT5UGpUECixcjjEFN5AgAAAZuLxn3AAAAAAAAA"
                    + "AAAAAAAAAAAJa0BeWB1r42G1QKLF7CIFE/YCAAABm4vHaCAAAAAAAAAAAAAAAAAAAAlcQF5J1GH7Q3ZAosTjFuTLKgIAAAGbi8hS"
                    + "gAAAAAAAAAAAAAAAAAAACUNAXkLBiofjDECixa6Izv5WAgAAAZuLyTzgAAAAAAAAAAAAAAAAAAAJXUBeOjcqYJsbQKLGMFUk2oMB"
                    + "AAABm4u/KsAAAAAAAAAAgAAAAAAAAAlMQF4CrCmNF+xAosPTsmGuBQEAAAGbi8AVIAAAAAAAAACBAAAAAAAACWVAXhtb3CddaECi"
                    + "w/f3it8w";

    private final List<Kind> said = new ArrayList<>();

    private static SeriesWatch watch(String zone) {
        return new SeriesWatch(ZoneId.of(zone), SENSITIVITY);
    }

    private void usual(SeriesWatch watch, long fromMs, int seconds) {
        for (long second = 0; second < seconds; second++) {
            watch.take(new Step(fromMs + 1_000 * second, 1_000, 2, 40), finding -> said.add(finding.kind()));
        }
    }

    private SeriesWatch restored(SeriesWatch before, String zone) {
        SeriesWatch after = watch(zone);
        after.restore(before.now(), before.minutes(), before.weeks());
        said.clear();
        return after;
    }

    @Test
    void whatTheVersionBeforeStored_isReadOn() {
        SeriesWatch watch = watch("UTC");
        watch.restore(decoded(NOW_BEFORE), decoded(MINUTES_BEFORE), null);
        assertThat(watch.state()).isEqualTo(Kind.NO_CHECKOUTS);
        usual(watch, MONDAY_MS + 95 * 60_000, 120);
        assertThat(said).containsExactly(Kind.RECOVERED);
        SeriesWatch again = restored(watch, "UTC");
        usual(again, MONDAY_MS + 97 * 60_000, 600);
        assertThat(said).isEmpty();
    }

    private static byte[] decoded(String stored) {
        return Base64.getDecoder().decode(stored);
    }

    @Test
    void hoursOfOtherClocks_areNotTakenForThese_butLearnedAnew() {
        SeriesWatch watch = watch("Europe/Paris");
        usual(watch, MONDAY_MS, 4 * DAY);
        assertThat(said).containsExactly(Kind.LEARNING, Kind.WATCHING);
        SeriesWatch after = restored(watch, "Asia/Tokyo");
        assertThat(after.takeMinutesChanged()).isTrue();
        assertThat(after.takeWeeksChanged()).isTrue();
        usual(after, MONDAY_MS + 4_000L * DAY, DAY);
        assertThat(said).containsExactly(Kind.LEARNING);
        SeriesWatch onceMore = restored(after, "Asia/Tokyo");
        usual(onceMore, MONDAY_MS + 5_000L * DAY, 3 * DAY);
        assertThat(said).containsExactly(Kind.WATCHING);
    }

    @Test
    void anotherNameOfTheSameClocks_goesOn() {
        SeriesWatch watch = watch("UTC");
        usual(watch, MONDAY_MS, 4 * DAY);
        SeriesWatch after = restored(watch, "Etc/UTC");
        usual(after, MONDAY_MS + 4_000L * DAY, 60);
        assertThat(said).isEmpty();
        assertThat(after.state()).isEqualTo(Kind.WATCHING);
    }
}
