package io.checkoutmetrics.registry;

import static io.checkoutmetrics.registry.MisbehavingRegistry.SOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    @Test
    void certificateIsTrusted_onlyWhereTheTruststoreHoldsIt() throws Exception {
        Path keystore = keystore("127.0.0.1", "mine.p12");
        try (MisbehavingRegistry registry = new MisbehavingRegistry(https(keystore), SOUND)) {
            String url = "https://127.0.0.1:" + registry.port();
            try (RegistryClient trusting = RegistryClient.of(settings(url, keystore))) {
                assertThat(trusting.schemaById(1)).isEqualTo(MisbehavingRegistry.SCHEMA);
            }
            try (RegistryClient wary = RegistryClient.of(Map.of("schema.registry.url", url))) {
                assertRefused(wary);
            }
        }
    }

    @Test
    void certificateOfAnotherHost_isRefused() throws Exception {
        Path keystore = keystore("192.0.2.1", "other.p12");
        try (MisbehavingRegistry registry = new MisbehavingRegistry(https(keystore), SOUND);
                RegistryClient client = RegistryClient.of(settings("https://127.0.0.1:" + registry.port(), keystore))) {
            assertRefused(client);
        }
    }

    private static void assertRefused(RegistryClient client) {
        assertThatThrownBy(() -> client.schemaById(1))
                .isInstanceOf(RegistryException.Refused.class)
                .hasMessageContaining("certificate");
    }

    private static Map<String, String> settings(String url, Path truststore) {
        return Map.of(
                "schema.registry.url",
                url,
                "schema.registry.ssl.truststore.location",
                truststore.toString(),
                "schema.registry.ssl.truststore.type",
                "PKCS12",
                "schema.registry.ssl.truststore.password",
                PASSWORD);
    }

    private Path keystore(String address, String name) throws Exception {
        Path file = folder.resolve(name);
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "registry",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=registry",
                        "-ext",
                        "san=ip:" + address,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return file;
    }

    private static HttpsServer https(Path keystore) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return server;
    }
}
