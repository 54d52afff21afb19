package io.checkoutmetrics.config;

import static io.checkoutmetrics.config.TestSettings.problems;
import static io.checkoutmetrics.config.TestSettings.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that stand elsewhere. */
class ReferencesTest {
    private static final String FILE = "config.providers.p.class=" + FileConfigProvider.class.getName();
    private static final String DIRECTORY = "config.providers.p.class=" + DirectoryConfigProvider.class.getName();
    private static final String VARIABLES = "config.providers.p.class=" + EnvVarConfigProvider.class.getName();

    @TempDir
    Path folder;

    private Path allowed = Path.of("");
    private String onlyThere = "";

    @BeforeEach
    void secrets() throws IOException {
        allowed = Files.createDirectory(folder.resolve("allowed"));
        onlyThere = "config.providers.p.param.allowed.paths=" + allowed;
        Files.writeString(allowed.resolve("kafka.properties"), "password=hunter2");
        Files.writeString(folder.resolve("other.properties"), "password=hunter3");
    }

    private static String password(String reference) {
        return "kafka.ssl.key.password=" + reference;
    }

    @Test
    void fileAndDirectory_areRead_whereTheyAreAllowed() {
        assertThat(read(
                                "config.providers=p",
                                FILE,
                                onlyThere,
                                password("${p:" + allowed.resolve("kafka.properties") + ":password}"))
                        .kafka())
                .containsEntry("ssl.key.password", "hunter2");
        assertThat(read("config.providers=p", DIRECTORY, onlyThere, password("${p:" + allowed + ":kafka.properties}"))
                        .kafka())
                .containsEntry("ssl.key.password", "password=hunter2");
    }

    @Test
    void fileElsewhere_isNotRead() {
        assertThat(problems(
                        "config.providers=p",
                        FILE,
                        onlyThere,
                        password("${p:" + folder.resolve("other.properties") + ":password}")))
                .singleElement()
                .asString()
                .startsWith("kafka.ssl.key.password: there is nothing behind ${p:")
                .contains("config.providers.p.param.")
                .doesNotContain("hunter3");
    }

    @Test
    void kafkasOwnProviders_mustBeToldWhereTheyMayLook() {
        assertThat(problems("config.providers=p", FILE))
                .singleElement()
                .asString()
                .startsWith("config.providers.p.param.allowed.paths: is not set. Name the folders");
        assertThat(problems("config.providers=p", DIRECTORY)).hasSize(1);
        assertThat(problems("config.providers=p", VARIABLES))
                .singleElement()
                .asString()
                .startsWith("config.providers.p.param.allowlist.pattern: is not set.");
    }

    @Test
    void variable_isRead_onlyWhereItsNameIsAllowed() {
        Map.Entry<String, String> any = System.getenv().entrySet().stream()
                .filter(variable ->
                        !variable.getValue().isBlank() && variable.getKey().matches("[A-Z]+"))
                .findFirst()
                .orElseThrow();
        String allow = "config.providers.p.param.allowlist.pattern=";
        String reference = password("${p::" + any.getKey() + "}");
        assertThat(read("config.providers=p", VARIABLES, allow + any.getKey(), reference)
                        .kafka())
                .containsEntry("ssl.key.password", any.getValue());
        assertThat(problems("config.providers=p", VARIABLES, allow + "NOTHING", reference))
                .singleElement()
                .asString()
                .startsWith("kafka.ssl.key.password: there is nothing behind");
    }

    @Test
    void everyReferenceThatCannotBeRead_isNamedByItsSetting_besideAllElse() {
        List<String> problems = problems(
                "config.providers=p",
                FILE,
                onlyThere,
                password("${p:" + allowed.resolve("none") + ":password}"),
                "kafka.ssl.keystore.password=${vault:path:key}",
                "grace=soon");
        assertThat(problems)
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("kafka.ssl.key.password: ${p:")
                        .contains("cannot be read"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "kafka.ssl.keystore.password: ${vault:path:key} names a config provider that is not")
                        .contains("Add vault to config.providers"))
                .anySatisfy(line -> assertThat(line).startsWith("grace: "));
    }

    @Test
    void providerThatCannotBeUsed_isRefused_andItsReferencesAreNotBlamed() {
        for (String className : new String[] {"nope.Nope", "java.lang.String"}) {
            assertThat(problems(
                            "config.providers=x",
                            "config.providers.x.class=" + className,
                            password("${x:" + allowed + ":password}")))
                    .singleElement()
                    .asString()
                    .startsWith("config.providers.x.class: " + className + " cannot be used");
        }
        assertThat(problems("config.providers=x"))
                .singleElement()
                .asString()
                .startsWith("config.providers.x.class: is not set.");
    }
}
