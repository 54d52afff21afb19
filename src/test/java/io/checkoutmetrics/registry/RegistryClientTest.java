package io.checkoutmetrics.registry;

import static io.checkoutmetrics.registry.MisbehavingRegistry.SOUND;
import static io.checkoutmetrics.registry.MisbehavingRegistry.answers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.checkoutmetrics.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RegistryClientTest {
    private static final String R =
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}]}";
    private static final String S = R.replace("\"R\"", "\"S\"");

    private static RegistryClient client(String url) {
        return RegistryClient.of(Map.of("schema.registry.url", url));
    }

    @Test
    void whatIsRegistered_isFoundByIdSubjectAndVersion() throws IOException {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                RegistryClient client = client(registry.url() + "/");
                RegistryClient other = client(registry.url())) {
            int id = client.register("hits-value", R);
            assertThat(other.schemaById(id)).isEqualTo(R);
            assertThat(other.idOf("hits-value", R)).isEqualTo(id);
            int newer = client.register("hits-value", S);
            assertThat(newer).isNotEqualTo(id);
            assertThat(other.latest("hits-value")).isEqualTo(new RegisteredSchema("hits-value", 2, newer, S));
            client.ping();
        }
    }

    @Test
    void unknownSubjectOrSchema_isUnknown_notRefused() throws IOException {
        try (EmbeddedRegistry registry = EmbeddedRegistry.start();
                RegistryClient client = client(registry.url())) {
            assertThatThrownBy(() -> client.latest("none")).isInstanceOf(RegistryException.UnknownSchema.class);
            assertThatThrownBy(() -> client.idOf("none", R)).isInstanceOf(RegistryException.UnknownSchema.class);
            client.register("hits-value", R);
            assertThatThrownBy(() -> client.idOf("hits-value", S)).isInstanceOf(RegistryException.UnknownSchema.class);
        }
    }

    @Test
    void subjectIsEncoded_andThePathPrefixKept() throws IOException {
        try (MisbehavingRegistry registry = new MisbehavingRegistry(SOUND);
                RegistryClient client = client(registry.url() + "/apis/ccompat/v7/")) {
            client.register("a b/c?d+e", R);
            MisbehavingRegistry.Request request = registry.requests().get(0);
            assertThat(request.path()).isEqualTo("/apis/ccompat/v7/subjects/a%20b%2Fc%3Fd%2Be/versions");
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.headers()).containsEntry("Content-Type", "application/vnd.schemaregistry.v1+json");
        }
    }

    @Test
    void knownSchema_isServedWhileTheRegistryIsDown_andOnlyKnownOnesAreCached() throws IOException {
        try (MisbehavingRegistry registry = new MisbehavingRegistry(SOUND);
                RegistryClient client = client(registry.url())) {
            assertThat(client.cachedSchemaById(7)).isNull();
            client.schemaById(7);
            client.register("s", R);
            registry.close();
            assertThat(client.schemaById(7)).isEqualTo(MisbehavingRegistry.SCHEMA);
            assertThat(client.cachedSchemaById(7)).isEqualTo(MisbehavingRegistry.SCHEMA);
            assertThat(client.register("s", R)).isEqualTo(7);
        }
    }

    @Test
    void unknownId_isAskedForOnceInItsTime_andAgainAfterwards() throws IOException {
        AtomicLong now = new AtomicLong();
        RegistrySettings settings = RegistrySettings.parse(Map.of("schema.registry.url", "http://unused:1"));
        try (MisbehavingRegistry registry =
                new MisbehavingRegistry(answers(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}"))) {
            settings = RegistrySettings.parse(
                    Map.of("schema.registry.url", registry.url(), "missing.id.cache.ttl.sec", "5"));
            try (RegistryClient client = new RegistryClient(settings, 10, now::get)) {
                for (int i = 0; i < 3; i++) {
                    assertThatThrownBy(() -> client.schemaById(7)).isInstanceOf(RegistryException.UnknownSchema.class);
                }
                assertThat(registry.requests()).hasSize(1);
                registry.becomes(SOUND);
                now.addAndGet(TimeUnit.SECONDS.toNanos(5));
                assertThat(client.schemaById(7)).isEqualTo(MisbehavingRegistry.SCHEMA);
            }
        }
    }

    @Test
    void cacheOfSchemas_isBounded() throws IOException {
        try (MisbehavingRegistry registry = new MisbehavingRegistry(SOUND)) {
            RegistrySettings settings = RegistrySettings.parse(Map.of("schema.registry.url", registry.url()));
            try (RegistryClient client = new RegistryClient(settings, 2, System::nanoTime)) {
                client.schemaById(1);
                client.schemaById(2);
                client.schemaById(1);
                client.schemaById(3);
                assertThat(client.cachedSchemaById(2)).isNull();
                assertThat(client.cachedSchemaById(1)).isNotNull();
            }
        }
    }

    @Test
    void unknownIds_areBounded() {
        UnknownIds ids = new UnknownIds(2, java.time.Duration.ofSeconds(1), () -> 0L);
        ids.add(1);
        ids.add(2);
        ids.add(3);
        assertThat(ids.size()).isEqualTo(2);
        assertThat(ids.contains(1)).isFalse();
        assertThat(ids.contains(3)).isTrue();
    }

    @Test
    void schemaThatIsNotAvroOrRefersToOthers_isUnusable_andSaysWhy() throws IOException {
        try (MisbehavingRegistry registry = new MisbehavingRegistry(
                        answers(200, "{\"schema\":\"syntax = 'proto3';\",\"schemaType\":\"PROTOBUF\"}"));
                RegistryClient client = client(registry.url())) {
            assertThatThrownBy(() -> client.schemaById(1))
                    .isInstanceOf(RegistryException.UnusableSchema.class)
                    .hasMessageContaining("PROTOBUF");
            registry.becomes(answers(
                    200, "{\"schema\":\"{}\",\"references\":[{\"name\":\"n\",\"subject\":\"s\",\"version\":1}]}"));
            assertThatThrownBy(() -> client.schemaById(2))
                    .isInstanceOf(RegistryException.UnusableSchema.class)
                    .hasMessageContaining("refers to other schemas");
            assertThatThrownBy(() -> client.schemaById(2)).isInstanceOf(RegistryException.UnusableSchema.class);
            assertThat(registry.requests()).hasSize(2);
            assertThat(client.cachedSchemaById(1)).isNull();
        }
    }
}
