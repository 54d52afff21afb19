package io.checkoutmetrics.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.checkoutmetrics.avro.Hit;
import io.checkoutmetrics.embedded.EmbeddedRegistry;
import io.checkoutmetrics.embedded.HitProducer;
import io.checkoutmetrics.embedded.SecuredKafka;
import io.checkoutmetrics.embedded.SecuredKafka.Door;
import io.checkoutmetrics.oracle.TopicReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The commands as processes, on a broker that denies everything but the ACLs that {@code topology} prints, with every secret
 * being one word: the job counts, asks for nothing else, uses all it asks for, and shows the word nowhere.
 */
class SecuredJobIT {
    private static final String CANARY = "canary0word0that0nobody0may0see";

    @TempDir
    Path folder;

    /** All that anybody can see. */
    private final List<String> seen = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(Door.class)
    void jobWithThePrintedAcls_counts_usesThemAll_andShowsNoSecret(Door door) throws Exception {
        try (SecuredKafka kafka = SecuredKafka.start(folder.resolve("broker"), CANARY);
                EmbeddedRegistry registry = EmbeddedRegistry.start()) {
            kafka.create("hits", "checkout-metrics", "checkout-intervals", "checkout-dead-letters");
            Path config = config(kafka.client(door), registry.url());
            List<AclBinding> acls = PrintedAcls.of(result("topology", "--config", config.toString()), door.principal());
            kafka.allow(acls);
            result("check", "--verbose", "--config", config.toString());
            kafka.forgetAsked(); // so that what is used from here on is the job's
            send(kafka, registry);
            try (CommandProcess job = start("run", "--verbose", "--config", config.toString())) {
                TopicReader topics = new TopicReader(kafka.plainAddress(), registry.url());
                await().until(() -> topics.published("checkout-metrics").stream()
                        .anyMatch(one -> one.value().at("/windows/2/checkouts").asLong() == 3));
                visit(job.awaitPageUrl());
                await().untilAsserted(() -> assertThat(acls).allMatch(acl -> isUsed(acl, kafka, door)));
                JobAndOracle.stop(job);
                seen.add(job.err() + job.out());
            }
            assertThat(kafka.denied(door)).isEmpty();
            seen.add(deadLetters(kafka));
            refusals(config);
        }
        assertThat(seen).hasSizeGreaterThan(10).noneMatch(text -> text.contains(CANARY));
    }

    /** What is said when secrets are wrong: a reference to nothing, a key store of another password, a wrong word. */
    private void refusals(Path config) throws Exception {
        Path broken = folder.resolve("broken.properties");
        String text = Files.readString(config);
        Files.writeString(broken, text.replace("passwords:word", "passwords:other"));
        assertRefused("check", "--verbose", "--config", broken.toString());
        Files.writeString(broken, text.replace("passwords:word", "passwords:none"));
        assertRefused("check", "--verbose", "--config", broken.toString());
    }

    private String result(String... arguments) {
        try (CommandProcess command = start(arguments)) {
            int exitCode = command.exitCode();
            seen.add(command.out() + command.err());
            assertThat(exitCode).as(command.out() + command.err()).isZero();
            return command.out();
        }
    }

    private void assertRefused(String... arguments) {
        try (CommandProcess command = start(arguments)) {
            int exitCode = command.exitCode();
            seen.add(command.out() + command.err());
            assertThat(exitCode).as(command.out() + command.err()).isNotZero();
        }
    }

    private CommandProcess start(String... arguments) {
        String line = "java -jar " + System.getProperty("job.jar") + " " + String.join(" ", arguments);
        return CommandProcess.shell(folder, Map.of("JOB_SECRET_WORD", CANARY), line);
    }

    /** Every secret by a provider: Kafka's by a file, the registry's by a folder, HTTP's by a variable. */
    private Path config(Map<String, String> client, String registryUrl) throws Exception {
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(
                secrets.resolve("passwords"),
                "word=" + CANARY + "\nother=" + CANARY.replace("0word", "0wrong") + CANARY + "\n");
        Files.writeString(secrets.resolve("user"), "job:" + CANARY);
        List<String> lines = new ArrayList<>(List.of(
                "config.providers=file,folder,env",
                "config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider",
                "config.providers.file.param.allowed.paths=" + secrets,
                "config.providers.folder.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider",
                "config.providers.folder.param.allowed.paths=" + secrets,
                "config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider",
                "config.providers.env.param.allowlist.pattern=JOB_SECRET_.*",
                "schema.registry.url=" + registryUrl,
                "basic.auth.credentials.source=USER_INFO",
                "basic.auth.user.info=${folder:" + secrets + ":user}",
                "http.token=${env:JOB_SECRET_WORD}",
                "kafka.repartition.purge.interval.ms=200",
                "grace=5s", // finals come while the test lasts
                "intervals=10s",
                "idle.timeout=2s",
                "state.dir=" + folder.resolve("state")));
        client.forEach((name, value) -> lines.add(
                "kafka." + name + "=" + value.replace(CANARY, "${file:" + secrets.resolve("passwords") + ":word}")));
        return Files.write(folder.resolve("job.properties"), lines);
    }

    private static boolean isUsed(AclBinding acl, SecuredKafka kafka, Door door) {
        String asked = acl.entry().operation() + " " + acl.pattern().resourceType() + " "
                + acl.pattern().name();
        boolean isPrefix = acl.pattern().patternType() == PatternType.PREFIXED;
        return kafka.used(door).stream().anyMatch(one -> isPrefix ? one.startsWith(asked) : one.equals(asked));
    }

    private static void send(SecuredKafka kafka, EmbeddedRegistry registry) throws Exception {
        try (HitProducer producer = new HitProducer(kafka.plainAddress(), registry.url())) {
            for (String events : List.of("scCheckout", "", "scCheckout", "scCheckout")) {
                producer.send(
                        Hit.newBuilder().setReportSuite("eu").setEvents(events).build());
            }
            producer.sendGarbage();
        }
    }

    /** Looks at everything that is served, with the token and without. */
    private void visit(String url) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        for (String path : List.of("/", "/metrics", "/livez", "/readyz", "/api/v1/metrics", "/no-such-thing")) {
            for (String token : List.of(CANARY, "another0token0than0is0right")) {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(URI.create(url + path))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                seen.add(answer.headers().map() + answer.body());
            }
        }
        await().until(() -> http.send(
                        HttpRequest.newBuilder(URI.create(url + "/api/v1/metrics"))
                                .header("Authorization", "Bearer " + CANARY)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body()
                .contains("\"eu\""));
    }

    private static String deadLetters(SecuredKafka kafka) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.plainAddress()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition("checkout-dead-letters", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            StringBuilder all = new StringBuilder();
            await().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(letter -> {
                    all.append(new String(letter.value(), java.nio.charset.StandardCharsets.ISO_8859_1));
                    letter.headers()
                            .forEach(header -> all.append(header.key())
                                    .append(new String(header.value(), java.nio.charset.StandardCharsets.ISO_8859_1)));
                });
                return all.length() > 0;
            });
            return all.toString();
        }
    }
}
