package io.checkoutmetrics.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.checkoutmetrics.avro.CheckoutInterval;
import io.checkoutmetrics.config.InvalidSettingsException;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Finals from a file, one JSON object a line with the names of {@code CheckoutInterval.avsc}, as {@code replay} prints
 * them. A file that is not wholly that is refused: what is left out would look as if the job had not published it.
 */
public final class FinalsFile {
    private static final ObjectReader JSON = JsonMapper.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build()
            .reader();
    private static final String STANDARD_INPUT = "-";

    private FinalsFile() {}

    /**
     * Reads all of it.
     *
     * @param path of a file, plain or {@code .gz}, or {@code -} for standard input
     * @throws InvalidSettingsException when it is not there, or a line is no final
     */
    public static void read(String path, Consumer<CheckoutInterval> taker) throws IOException {
        try (InputStream in = open(path);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    taker.accept(parse(line, path + ":" + number));
                }
            }
        } catch (FileNotFoundException e) {
            throw new InvalidSettingsException("--finals: " + path + " cannot be read. Name a file with finals as lines"
                    + " of JSON, or leave it out and give --config to read them from Kafka.");
        }
    }

    private static InputStream open(String path) throws IOException {
        if (path.equals(STANDARD_INPUT)) {
            return System.in;
        }
        InputStream file = new FileInputStream(path);
        return path.endsWith(".gz") ? new GZIPInputStream(file) : file;
    }

    private static CheckoutInterval parse(String line, String where) {
        try {
            JsonNode json = JSON.readTree(line);
            CheckoutInterval one = CheckoutInterval.newBuilder()
                    .setReportSuite(text(json, "reportSuite"))
                    .setDimension(text(json, "dimension"))
                    .setItem(text(json, "item"))
                    .setStart(Instant.parse(text(json, "start")))
                    .setEnd(Instant.parse(text(json, "end")))
                    .setCheckouts(number(json, "checkouts"))
                    .setIncrements(number(json, "increments"))
                    .setHits(json.path("hits").isNumber() ? (Long) number(json, "hits") : null)
                    .build();
            if (one.getReportSuite().isEmpty()
                    || one.getDimension().isEmpty() && !one.getItem().isEmpty()
                    || !one.getEnd().isAfter(one.getStart())) {
                throw new DateTimeException("an interval needs a report suite and time, an item its dimension");
            }
            return one;
        } catch (JsonProcessingException | DateTimeException e) {
            throw new InvalidSettingsException(where + ": no final. Each line has to be one of checkout-intervals as"
                    + " JSON, such as replay prints.");
        }
    }

    private static String text(JsonNode json, String field) {
        @Nullable String text = json.path(field).textValue();
        if (text == null) {
            throw new DateTimeException("no text: " + field);
        }
        return text;
    }

    private static long number(JsonNode json, String field) {
        JsonNode number = json.path(field);
        if (!number.canConvertToLong() || !number.isIntegralNumber() || number.longValue() < 0) {
            throw new DateTimeException("no number: " + field);
        }
        return number.longValue();
    }
}
