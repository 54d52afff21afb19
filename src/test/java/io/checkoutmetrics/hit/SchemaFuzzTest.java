package io.checkoutmetrics.hit;

import io.checkoutmetrics.fuzz.Campaign;
import io.checkoutmetrics.fuzz.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Writers' schemas of any shape: each can be used, or is refused with a reason, and a hit of it still has one outcome. */
class SchemaFuzzTest {
    private static final Pattern JSON_TOKEN =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[\\[\\]{},:]|[^\\s\\[\\]{},:\"]+");
    private static final List<byte[]> HOSTILE = bytes(Stream.of(
            "null",
            "true",
            "-1",
            "99999999999999999999",
            "1e400",
            "\"R\"",
            "\"Hit\"",
            "\"Hit0\"",
            "\"string\"",
            "\"type\"",
            "\"record\"",
            "\"\"",
            "\"a b.c..\"",
            "\"\\u0000\"",
            "[]",
            "{}",
            "[\"null\",\"null\"]",
            "[[\"string\"]]",
            "{\"type\":\"fixed\",\"name\":\"F\",\"size\":2147483647}",
            "{\"type\":\"fixed\",\"name\":\"F\",\"size\":-1}",
            "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[]}",
            "{\"type\":\"array\",\"items\":\"null\"}",
            "{\"type\":\"array\",\"items\":\"Hit0\"}",
            "{\"type\":\"long\",\"logicalType\":\"decimal\",\"precision\":-1}",
            "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":2147483647}",
            "{\"type\":".repeat(300),
            "[".repeat(300),
            "[".repeat(100_000),
            "{",
            "]",
            ",",
            "/*",
            "\""));

    @Test
    void hostileSchemas_areUsedOrRefused_andTheirHitsHaveOneOutcome() {
        Campaign.run("schemas", 4_000, 0.005, 64 << 20, SchemaFuzzTest::oneSchema);
    }

    private static String oneSchema(Random random) {
        byte[] json = tokens(random).broken(random, tokens(random), HOSTILE);
        byte[] hit = TestHits.fullHit("scCheckout");
        try {
            Schema schema = HitReader.parseSchema(new String(json, StandardCharsets.UTF_8));
            Reading reading = HitReader.of(schema, ReadByAvro.RULES).read(hit, 0);
            return reading == null ? "nothing" : "usable";
        } catch (UnusableSchemaException e) {
            return e.reason().text();
        }
    }

    private static Tokens tokens(Random random) {
        Schema schema = random.nextInt(4) == 0 ? TestHits.HIT : new RandomSchemas(random).hitSchema();
        Matcher matcher = JSON_TOKEN.matcher(schema.toString());
        List<String> tokens = new ArrayList<>();
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return Tokens.of(bytes(tokens.stream()));
    }

    private static List<byte[]> bytes(Stream<String> texts) {
        return texts.map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }
}
