package io.checkoutmetrics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A piece of YAML, looked into by path. What is not there is an error that names the path. */
record YamlFile(String name, Object content) {

    /** The documents of a file. No key may stand there twice. */
    static List<YamlFile> documents(Path file) {
        List<YamlFile> documents = new ArrayList<>();
        try {
            yaml().loadAll(Files.readString(file)).forEach(one -> documents.add(new YamlFile(file.toString(), one)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return documents;
    }

    /** One document that stands in a text. */
    static YamlFile parse(String name, String text) {
        return new YamlFile(name, yaml().load(text));
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options));
    }

    static YamlFile of(Path file) {
        return documents(file).get(0);
    }

    /** What lies at names and list positions, one inside the other. */
    YamlFile at(Object... path) {
        Object found = content;
        for (Object step : path) {
            found = found instanceof Map<?, ?> map
                    ? map.get(step)
                    : found instanceof List<?> list ? list.get((Integer) step) : null;
            if (found == null) {
                throw new AssertionError(name + ": there is no " + List.of(path));
            }
        }
        return new YamlFile(name, found);
    }

    boolean has(String key) {
        return content instanceof Map<?, ?> map && map.containsKey(key);
    }

    String text() {
        return String.valueOf(content);
    }

    /** The keys of a map. */
    List<String> keys() {
        return ((Map<?, ?>) content).keySet().stream().map(String::valueOf).toList();
    }

    /** The elements of a list. */
    List<YamlFile> elements() {
        return ((List<?>) content).stream().map(one -> new YamlFile(name, one)).toList();
    }

    List<String> texts() {
        return elements().stream().map(YamlFile::text).toList();
    }
}
