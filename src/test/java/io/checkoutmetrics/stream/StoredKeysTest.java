package io.checkoutmetrics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class StoredKeysTest {
    private static final byte[] FIRST = {};

    private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory("agenda");

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    @Test
    void keys_areTakenInTheirOrder_fromWhereItIsSaid_onceEach() {
        StoredKeys keys = new StoredKeys(store, 'd');
        for (int number : new int[] {3, 1, 2, 2, 5}) {
            keys.add(key(number));
        }
        assertThat(keys.size()).isEqualTo(4);
        assertThat(keys.take(key(2), 2)).containsExactly(key(2), key(3));
        keys.remove(key(1));
        keys.remove(key(4));
        assertThat(keys.take(FIRST, 10)).containsExactly(key(5));
        assertThat(keys.isEmpty()).isTrue();
    }

    @Test
    void whatAnotherProcessLeft_isForgotten_howeverMuch_butNotWhatIsInOtherParts() {
        StoredKeys before = new StoredKeys(store, 'd');
        for (int number = 0; number < 25_000; number++) {
            before.add(key(number));
        }
        StoredKeys other = new StoredKeys(store, 'f');
        other.add(key(7));
        assertThat(new StoredKeys(store, 'd').take(FIRST, 1)).isEmpty();
        assertThat(TestStores.keys(store)).hasSize(1);
        assertThat(other.take(FIRST, 10)).containsExactly(key(7));
    }
}
