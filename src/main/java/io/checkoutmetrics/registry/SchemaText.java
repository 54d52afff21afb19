package io.checkoutmetrics.registry;

import org.apache.avro.Schema;

/** Avro schemas from the registry's text. */
final class SchemaText {
    private SchemaText() {}

    /** @throws RegistryException.UnusableSchema if Avro does not take it, or it nests deeper than the stack */
    static Schema parse(int id, String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (RuntimeException | StackOverflowError e) {
            throw new RegistryException.UnusableSchema("schema ID " + id + " is not a schema that Avro takes ("
                    + e.getClass().getSimpleName() + "). Register a valid one.");
        }
    }
}
