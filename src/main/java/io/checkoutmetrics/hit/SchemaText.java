package io.checkoutmetrics.hit;

import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** The JSON of a writer's schema, which comes from others: it may be so deep or so long that parsing it would run out of stack or take
 * minutes. */
final class SchemaText {
    /** Deepest nesting of brackets: {@link Shapes#MAX_HEIGHT} levels of types take at most four brackets each. */
    static final int MAX_NESTING = 4 * Shapes.MAX_HEIGHT;

    /**
     * Longest text of one schema, in characters: Avro's parser takes time quadratic in the number of types that refer
     * to each other in a chain.
     */
    static final int MAX_LENGTH = 1 << 20;

    private SchemaText() {}

    /** See {@link HitReader#parseSchema}. */
    static Schema parse(String json, List<String> references) throws UnusableSchemaException {
        Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
        for (String reference : references) {
            parse(parser, reference);
        }
        return parse(parser, json);
    }

    private static Schema parse(Schema.Parser parser, String json) throws UnusableSchemaException {
        if (json.length() > MAX_LENGTH) {
            throw UnusableSchemaException.badSchema("the schema's JSON is longer than " + MAX_LENGTH + " characters");
        }
        refuseDeepNesting(json);
        try {
            return parser.parse(json);
        } catch (AvroRuntimeException
                | IllegalArgumentException
                | NullPointerException
                | ClassCastException
                | UnsupportedOperationException e) { // the last of a fixed type that is too large
            throw UnusableSchemaException.badSchema("no Avro schema: " + e.getMessage());
        }
    }

    private static void refuseDeepNesting(String json) throws UnusableSchemaException {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            }
            if (depth > MAX_NESTING) {
                throw UnusableSchemaException.badSchema(
                        "the schema's JSON is nested deeper than " + MAX_NESTING + " levels");
            }
        }
    }
}
