package io.checkoutmetrics.cli;

import java.time.DateTimeException;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time zone as an option's value, refused in words that name others. */
final class ZoneOption implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new TypeConversionException(
                    "\"" + text + "\" is no time zone. Use a name such as Europe/Paris, or UTC or +02:00.");
        }
    }
}
