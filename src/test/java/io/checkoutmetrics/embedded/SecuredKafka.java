package io.checkoutmetrics.embedded;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/**
 * A broker that denies everything to everybody but what ACLs allow, with two listeners for clients: one for SCRAM over TLS,
 * one for client certificates. Tests themselves go in by its plain listener, as super user.
 */
public final class SecuredKafka implements AutoCloseable {
    /** How a client proves who it is. */
    public enum Door {
        SCRAM("User:job"),
        MTLS("User:CN=job");

        private final String principal;

        Door(String principal) {
            this.principal = principal;
        }

        /** Whom the broker takes the client for. */
        public String principal() {
            return principal;
        }
    }

    private static final String MECHANISM = "SCRAM-SHA-512";
    private static final String LOGIN_MODULE = "org.apache.kafka.common.security.scram.ScramLoginModule";

    private final Path folder;
    private final String password;
    private final EmbeddedKafka kafka;
    private final Admin admin;

    private SecuredKafka(Path folder, String password) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.password = password;
        AskedAuthorizer.forget();
        Path brokerKey = KeyStores.ofNewKey(folder.resolve("broker.p12"), "CN=broker", password);
        Path clientKey = KeyStores.ofNewKey(folder.resolve("client.p12"), "CN=job", password);
        Path brokerTrust = KeyStores.trusting(clientKey, folder.resolve("broker-trust.p12"), password);
        KeyStores.trusting(brokerKey, folder.resolve("trust.p12"), password);
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0, broker(brokerKey, brokerTrust));
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        "job", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
                .all()
                .get();
    }

    /** @param password of everything that has one */
    public static SecuredKafka start(Path folder, String password) throws Exception {
        return new SecuredKafka(folder, password);
    }

    private Map<String, String> broker(Path key, Path trust) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "listeners", "SCRAM://127.0.0.1:0,MTLS://127.0.0.1:0",
                "listener.security.protocol.map", "SCRAM:SASL_SSL,MTLS:SSL",
                "listener.name.mtls.ssl.client.auth", "required",
                "sasl.enabled.mechanisms", MECHANISM,
                "listener.name.scram.scram-sha-512.sasl.jaas.config", LOGIN_MODULE + " required;",
                "authorizer.class.name", AskedAuthorizer.class.getName(),
                "super.users", "User:ANONYMOUS"));
        properties.putAll(keystore("ssl.keystore", key));
        properties.putAll(keystore("ssl.truststore", trust));
        return properties;
    }

    private Map<String, String> keystore(String prefix, Path file) {
        return Map.of(
                prefix + ".location", file.toString(), prefix + ".type", "PKCS12", prefix + ".password", password);
    }

    /** What Kafka's clients must be told, under Kafka's names. */
    public Map<String, String> client(Door door) {
        Map<String, String> settings = new HashMap<>(keystore("ssl.truststore", folder.resolve("trust.p12")));
        settings.put("bootstrap.servers", kafka.address(door.name()));
        if (door == Door.SCRAM) {
            settings.put("security.protocol", "SASL_SSL");
            settings.put("sasl.mechanism", MECHANISM);
            settings.put(
                    "sasl.jaas.config", LOGIN_MODULE + " required username=\"job\" password=\"" + password + "\";");
        } else {
            settings.put("security.protocol", "SSL");
            settings.putAll(keystore("ssl.keystore", folder.resolve("client.p12")));
            settings.put("ssl.key.password", password);
        }
        return settings;
    }

    /** Where the super user goes in, without proof. */
    public String plainAddress() {
        return kafka.bootstrapServers();
    }

    /** The super user. */
    public Admin admin() {
        return admin;
    }

    public void create(String... topics) throws Exception {
        admin.createTopics(List.of(topics).stream()
                        .map(topic -> new NewTopic(topic, 1, (short) 1))
                        .toList())
                .all()
                .get();
    }

    /** From its return on it holds: what the controller has accepted the broker knows a moment later. */
    public void allow(Collection<AclBinding> acls) throws Exception {
        admin.createAcls(acls).all().get();
        await().until(() -> acls().containsAll(acls));
    }

    /** From its return on it holds. */
    public void forbid(Collection<AclBinding> acls) throws Exception {
        admin.deleteAcls(acls.stream().map(AclBinding::toFilter).toList()).all().get();
        await().until(() -> Collections.disjoint(acls(), acls));
    }

    /** Everything that is allowed to anybody. */
    public Collection<AclBinding> acls() throws Exception {
        return admin.describeAcls(AclBindingFilter.ANY).values().get();
    }

    /** What a client asked for and got, such as {@code READ TOPIC hits}. */
    public Set<String> used(Door door) {
        return AskedAuthorizer.allowed(door.principal());
    }

    /** What a client asked for and did not get. */
    public Set<String> denied(Door door) {
        return AskedAuthorizer.denied(door.principal());
    }

    /** What was asked for before counts as not asked for. */
    public void forgetAsked() {
        AskedAuthorizer.forget();
    }

    @Override
    public void close() {
        admin.close();
        kafka.close();
    }
}
