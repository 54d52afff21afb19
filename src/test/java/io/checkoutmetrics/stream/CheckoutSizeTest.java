package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.checkoutmetrics.hit.CheckoutHit;
import io.checkoutmetrics.hit.DimensionItem;
import io.checkoutmetrics.hit.Item;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The heap that is measured is that of a JVM with compressed pointers, as all below 32 GB are. */
class CheckoutSizeTest {
    private static final int PRODUCTS = 1_000;
    /** {@link HeapLimits} takes an object to be three times as large as it says. */
    private static final int OBJECT_TO_SIZE = 3;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void checkoutOfManyProducts_isNoLargerOnTheHeap_thanItSays() {
        withProducts(PRODUCTS);
        long before = allocatedBytes();
        Checkout checkout = withProducts(PRODUCTS);
        long heapBytes = allocatedBytes() - before;
        assertThat(heapBytes)
                .isLessThanOrEqualTo((long) OBJECT_TO_SIZE * checkout.size())
                .as("nor much smaller")
                .isGreaterThan(checkout.size());
    }

    @Test
    void eachProduct_countsWithItsLettersAndTheObjectsAroundThem_andTheRepeatedName() {
        int one = withProducts(1).size();
        assertThat(withProducts(11).size())
                .isEqualTo(one + 10 * (24 + "item 1000".length() + 1 + "product".length() + 1));
    }

    private long allocatedBytes() {
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static Checkout withProducts(int number) {
        DimensionItem[] items = new DimensionItem[number];
        for (int i = 0; i < number; i++) {
            byte[] letters = {'i', 't', 'e', 'm', ' ', '1', '0', '0', '0'};
            items[i] = new DimensionItem("product", new String(letters, StandardCharsets.ISO_8859_1));
        }
        CheckoutHit hit = new CheckoutHit(
                "eu",
                List.of(new Item("scCheckout", null, 1)),
                OptionalLong.empty(),
                null,
                null,
                null,
                List.of(items),
                OptionalLong.empty(),
                0,
                false);
        return new Checkout(hit, 1_000, 1_000, 0, 0);
    }
}
