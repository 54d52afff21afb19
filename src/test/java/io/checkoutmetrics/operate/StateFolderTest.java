package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.config.SettingsSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    @TempDir
    Path folder;

    @Test
    void folderWithSpace_isWell_alsoBeforeItIsMade() {
        Finding found = StateFolder.finding(settings(16));
        assertThat(found.outcome()).isEqualTo(Finding.Outcome.OK);
        assertThat(found.message()).isEqualTo(folder.resolve("state") + " can be written");
        StateFolder.requireSpace(settings(16));
    }

    @Test
    void diskWithLessSpaceThanTheReserveTakes_isAWarning() {
        Finding found = StateFolder.finding(settings(1_000_000_000));
        assertThat(found.outcome()).isEqualTo(Finding.Outcome.WARNING);
        assertThat(found.line())
                .startsWith("state.dir: the disk of " + folder.resolve("state") + " has ")
                .contains("The job keeps 500000016 MB of it", "not before 1000000016 MB are free.")
                .endsWith("Free some space, or name a folder on a larger disk.");
    }

    private Settings settings(int memoryMb) {
        return new SettingsSource()
                .set("state.dir", folder.resolve("state").toString())
                .set("state.dir.temporary", "true")
                .set("state.memory.mb", Integer.toString(memoryMb))
                .read();
    }
}
