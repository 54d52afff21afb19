package io.checkoutmetrics.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Figures to be kept.
 *
 * @param header what they hold for
 * @param tables of medians
 * @param runs every single one, for the JSON
 */
record Report(Map<String, String> header, List<MarkdownTable> tables, Object runs) {
    void write(Path folder, String name) throws IOException {
        ObjectMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".md"), markdown());
        json.writeValue(folder.resolve(name + ".json").toFile(), Map.of("header", header, "runs", runs));
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        header.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        tables.forEach(table -> text.append('\n').append(table));
        return text.toString();
    }
}
