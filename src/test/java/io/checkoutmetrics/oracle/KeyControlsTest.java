package io.checkoutmetrics.oracle;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records under a key that is not their series', or not as it must be written. */
class KeyControlsTest {
    private static final List<Published> RIGHT = RightOutput.published(
            Recount.finals(RightOutput.hits(200), RightOutput.RULES).intervals());

    static Stream<Control<Published>> kinds() {
        return Stream.of(
                new Control<>("another series' key", (records, i) -> {
                    String other = records.get(i == 0 ? 1 : i - 1).key();
                    return rekey(records, i, key -> other);
                }),
                withKey("the key of the total", key -> key.replaceFirst("\",\".*", "\"]")),
                withKey(
                        "the key of an item",
                        key -> key.indexOf(',') < 0 ? key.replace("]", ",\"country\",\"fr\"]") : key),
                withKey("a key without the item", key -> key.replaceFirst("(\",\"[^\"]*)\",\".*", "$1\"]")),
                withKey("a key with a part too many", key -> key.replaceFirst("\\]$", ",\"\"]")),
                withKey(
                        "a key with the parts the other way round",
                        key -> key.replaceFirst("^\\[(\"[^\"]*\"),(\"[^\"]*\"),(\".*\")\\]$", "[$3,$2,$1]")),
                withKey("a key with spaces", key -> key.replace("[", "[ ")),
                withKey("a key with spaces between the parts", key -> key.replace("\",\"", "\", \"")),
                withKey("a key with a line's end", key -> key + "\n"),
                withKey("a key that escapes what need not be", key -> key.replace("\u00e9", "\\u00e9")),
                withKey("a key in capitals", key -> key.replace("shop", "SHOP")),
                withKey(
                        "a key that is an object",
                        key -> key.replace("[", "{\"key\":").replace("]", "}")),
                withKey("a key that is text", key -> key.replace("[", "").replace("]", "")),
                withKey("a key that is no JSON", key -> "eu-shop"),
                withKey("no key", key -> ""),
                new Control<>("another partition than that of its series", (records, i) -> {
                    Published one = records.get(i);
                    records.set(i, new Published(one.partition() + 1, one.offset(), one.key(), one.value()));
                    return records.stream()
                                    .filter(other -> other.key().equals(one.key()))
                                    .count()
                            > 1;
                }));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void wrongKey_isFound(Control<Published> control) {
        control.assertFound(RIGHT, UnaryOperator.identity(), Audit::keys);
    }

    private static Control<Published> withKey(String kind, UnaryOperator<String> change) {
        return new Control<>(kind, (records, i) -> rekey(records, i, change));
    }

    private static boolean rekey(List<Published> records, int i, Function<String, String> change) {
        Published one = records.get(i);
        String key = change.apply(one.key());
        records.set(i, new Published(one.partition(), one.offset(), key, one.value()));
        return !key.equals(one.key());
    }
}
