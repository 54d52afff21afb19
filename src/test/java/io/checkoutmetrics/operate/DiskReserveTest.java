package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DiskReserveTest {
    private static final long BYTES = 300_000;
    private static final long MARGIN = 50_000;
    private static final long ENOUGH = BYTES + MARGIN;

    @TempDir
    Path folder;

    private Path file;
    private DiskReserve reserve;

    @BeforeEach
    void reserve() {
        file = folder.resolve("reserve");
        reserve = new DiskReserve(file, BYTES, MARGIN);
    }

    @Test
    void spaceIsTaken_andGivenBackForGood() {
        reserve.takeOf(ENOUGH);
        assertThat(file).hasSize(BYTES);
        reserve.giveBack();
        assertThat(file).doesNotExist();
        reserve.takeOf(Long.MAX_VALUE);
        assertThat(file).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void spaceIsTaken_inBlocksThatAreThere() throws IOException {
        reserve.takeOf(ENOUGH);
        assertThat(blocksOf(file) * 512L).as("not sparse").isGreaterThanOrEqualTo(BYTES);
    }

    @Test
    void spaceThatOthersNeedMore_isNotTaken_untilThereIsEnough() {
        reserve.takeOf(ENOUGH - 1);
        assertThat(file).doesNotExist();
        reserve.takeOf(ENOUGH);
        assertThat(file).hasSize(BYTES);
    }

    @Test
    void reserveOfAnotherSize_orWrittenInPart_isMadeAnew_andOneThatIsRightIsLeft() throws IOException {
        Files.write(file, new byte[10]);
        reserve.takeOf(ENOUGH);
        assertThat(file).hasSize(BYTES);
        byte[] left = new byte[(int) BYTES];
        Files.write(file, left);
        reserve.takeOf(ENOUGH);
        assertThat(file).as("of an instance that was killed").hasBinaryContent(left);
    }

    @Test
    void folderThatIsNotThere_orFileThatCannotBeWritten_isNoFailure() throws IOException {
        DiskReserve nowhere = new DiskReserve(folder.resolve("none").resolve("reserve"), BYTES, MARGIN);
        nowhere.takeOf(ENOUGH);
        Files.createDirectories(file.resolve("in-the-way"));
        reserve.takeOf(ENOUGH);
        assertThat(file).isDirectory();
        nowhere.giveBack();
        reserve.giveBack();
    }

    @Test
    void wanted_isWhatIsTakenAndItsMargin_andNothingOnceItIsTaken() {
        assertThat(reserve.wantedBytes()).isEqualTo(ENOUGH);
        reserve.takeOf(ENOUGH);
        assertThat(reserve.wantedBytes()).isZero();
    }

    private static long blocksOf(Path file) throws IOException {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        return Long.parseLong(new String(stat.getInputStream().readAllBytes()).trim());
    }
}
