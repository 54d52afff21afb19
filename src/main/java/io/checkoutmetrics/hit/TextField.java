package io.checkoutmetrics.hit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads a field as text: a string, UTF-8 in bytes, an enum's symbol, a number in decimal, a boolean, or a union of such
 * and null. Immutable.
 */
final class TextField {
    /** The slice of null and of empty text. */
    static final long EMPTY = 0;

    private final Branch[] branches;
    private final boolean union;

    private enum Kind {
        NULL,
        TEXT,
        SYMBOL,
        BOOLEAN,
        INT,
        LONG,
        FLOAT,
        DOUBLE
    }

    private record Branch(Kind kind, List<String> symbols) {}

    private TextField(Branch[] branches, boolean union) {
        this.branches = branches;
        this.union = union;
    }

    /** A string or UTF-8 in bytes, perhaps null: what {@link #slice} can read. */
    static TextField ofText(String ourName, Schema.Field field) throws UnusableSchemaException {
        TextField text = ofAny(ourName, field);
        for (Branch branch : text.branches) {
            if (branch.kind() != Kind.TEXT && branch.kind() != Kind.NULL) {
                throw WriterFields.wrongType(ourName, field, "string or bytes");
            }
        }
        return text;
    }

    /** Any type that has a text. */
    static TextField ofAny(String ourName, Schema.Field field) throws UnusableSchemaException {
        return ofAny(ourName, field, field.schema());
    }

    /**
     * Any type that has a text.
     *
     * @param schema the field's type, or that of a map's values
     */
    static TextField ofAny(String ourName, Schema.Field field, Schema schema) throws UnusableSchemaException {
        boolean union = schema.isUnion();
        List<Schema> types = union ? schema.getTypes() : List.of(schema);
        Branch[] branches = new Branch[types.size()];
        for (int i = 0; i < branches.length; i++) {
            branches[i] = branch(ourName, field, types.get(i));
        }
        return new TextField(branches, union);
    }

    private static Branch branch(String ourName, Schema.Field field, Schema type) throws UnusableSchemaException {
        Kind kind = switch (type.getType()) {
            case NULL -> Kind.NULL;
            case STRING -> Kind.TEXT;
            case BYTES -> "decimal".equals(type.getProp("logicalType")) ? null : Kind.TEXT;
            case ENUM -> Kind.SYMBOL;
            case BOOLEAN -> Kind.BOOLEAN;
            case INT -> Kind.INT;
            case LONG -> Kind.LONG;
            case FLOAT -> Kind.FLOAT;
            case DOUBLE -> Kind.DOUBLE;
            case FIXED, RECORD, ARRAY, MAP, UNION -> null;
        };
        if (kind == null) {
            throw WriterFields.wrongType(ourName, field, "a text or a number");
        }
        return new Branch(kind, kind == Kind.SYMBOL ? type.getEnumSymbols() : List.of());
    }

    private Branch nextBranch(AvroCursor in) {
        return branches[union ? in.readIndex(branches.length) : 0];
    }

    /**
     * Where the text lies, without making anything of it: see {@link #from} and {@link #to}. Only of a field made by
     * {@link #ofText}.
     */
    long slice(AvroCursor in) {
        if (nextBranch(in).kind() == Kind.NULL) {
            return EMPTY;
        }
        int length = in.readLength();
        long from = in.position();
        in.skip(length);
        return from << 32 | in.position();
    }

    static int from(long slice) {
        return (int) (slice >>> 32);
    }

    static int to(long slice) {
        return (int) slice;
    }

    /**
     * The field as an identifier: null where it is null or empty. Text that isn't UTF-8 makes the hit malformed: it
     * must not be taken for another.
     */
    @Nullable
    String identifier(AvroCursor in) {
        return read(in, null);
    }

    /**
     * The field as an item to show: null where it is null or empty, {@link CheckoutHit#INVALID} where it isn't UTF-8.
     */
    @Nullable
    String item(AvroCursor in) {
        return read(in, CheckoutHit.INVALID);
    }

    private @Nullable String read(AvroCursor in, @Nullable String insteadOfInvalid) {
        Branch branch = nextBranch(in);
        return switch (branch.kind()) {
            case NULL -> null;
            case TEXT -> text(in, insteadOfInvalid);
            case SYMBOL ->
                symbol(branch.symbols().get(in.readIndex(branch.symbols().size())));
            case BOOLEAN -> Boolean.toString(in.readBoolean());
            case INT -> Integer.toString(in.readInt());
            case LONG -> Long.toString(in.readLong());
            case FLOAT -> decimal(Float.toString(in.readFloat()));
            case DOUBLE -> decimal(Double.toString(in.readDouble()));
        };
    }

    private static @Nullable String text(AvroCursor in, @Nullable String insteadOfInvalid) {
        int length = in.readLength();
        int from = in.position();
        in.skip(length);
        if (length == 0) {
            return null;
        }
        if (Utf8.isValid(in.bytes(), from, from + length)) {
            return Utf8.kept(in.bytes(), from, from + length);
        }
        if (insteadOfInvalid == null) {
            throw BadHit.NOT_UTF8;
        }
        return insteadOfInvalid;
    }

    private static String symbol(String symbol) {
        byte[] bytes = symbol.getBytes(UTF_8);
        return Utf8.kept(bytes, 0, bytes.length);
    }

    /** Without exponent; NaN and infinities as Java calls them. */
    private static String decimal(String number) {
        return number.indexOf('E') < 0 ? number : new BigDecimal(number).toPlainString();
    }
}
