package io.checkoutmetrics.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskGuardTest {
    private static final long BUFFERS = 8L << 20;

    private static final long RESERVE = 1_000;

    @TempDir
    Path folder;

    private final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
    private final AtomicInteger failedWrites = new AtomicInteger();
    private final AtomicInteger told = new AtomicInteger();

    @Test
    void diskWithNoSpace_isFull_onceSeenTwice() {
        try (DiskGuard guard = guard()) {
            free.set(DiskGuard.LEAST_BYTES - 1);
            guard.look();
            free.set(DiskGuard.LEAST_BYTES);
            guard.look();
            free.set(0);
            guard.look();
            assertThat(told).as("never twice in a row").hasValue(0);
            guard.look();
            assertThat(told).hasValue(1);
        }
    }

    @Test
    void diskWithSpaceForLessThanTheBuffers_isFull_onlyIfAWriteFailed() {
        try (DiskGuard guard = guard()) {
            free.set(BUFFERS - 1);
            guard.look();
            guard.look();
            assertThat(told).hasValue(0);
            failedWrites.set(1);
            guard.look();
            guard.look();
            assertThat(told).hasValue(1);
        }
    }

    @Test
    void writesThatFailed_whileThereIsSpace_areNoFullDisk() {
        try (DiskGuard guard = guard()) {
            failedWrites.set(1);
            free.set(BUFFERS);
            guard.look();
            guard.look();
            assertThat(told).hasValue(0);
        }
    }

    @Test
    void reserve_isTakenWhileThereIsSpace_andGivenBackOnceTheDiskIsFull_beforeAnybodyIsTold() {
        Path reserve = folder.resolve("reserve");
        try (DiskGuard guard = guard(() -> assertThat(reserve).doesNotExist())) {
            guard.look();
            assertThat(reserve).hasSize(RESERVE);
            free.set(0);
            guard.look();
            assertThat(reserve).as("a moment without space").exists();
            guard.look();
            assertThat(told).hasValue(1);
        }
    }

    @Test
    void reserve_isGivenBack_whenAThreadFoundTheDiskFull_andWhenTheJobEnds() {
        Path reserve = folder.resolve("reserve");
        try (DiskGuard guard = guard()) {
            guard.look();
            guard.foundFull();
            guard.look();
            assertThat(reserve).doesNotExist();
        }
        try (DiskGuard guard = guard()) {
            guard.look();
            assertThat(reserve).exists();
        }
        assertThat(reserve).doesNotExist();
    }

    @Test
    void freeSpace_isThatOfTheFoldersDisk_andUnboundedWhereThereIsNoFolder() {
        assertThat(DiskGuard.freeBytes(folder)).isPositive().isLessThan(Long.MAX_VALUE);
        assertThat(DiskGuard.freeBytes(folder.resolve("none"))).isEqualTo(Long.MAX_VALUE);
    }

    private DiskGuard guard() {
        return guard(() -> {});
    }

    private DiskGuard guard(Runnable whenTold) {
        return new DiskGuard(
                free::get,
                () -> failedWrites.get() > 0,
                BUFFERS,
                Optional.of(new DiskReserve(folder.resolve("reserve"), RESERVE, 0)),
                () -> {
                    whenTold.run();
                    told.incrementAndGet();
                });
    }
}
