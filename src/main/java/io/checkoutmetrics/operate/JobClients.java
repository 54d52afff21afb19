package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.stream.WriterSchemas;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/**
 * What the job speaks with besides the engine's own clients. Opening them shows whether the settings are any good,
 * before anybody is asked.
 *
 * @param schemas of the hits
 * @param output turns output values into bytes, for all threads
 */
record JobClients(Admin admin, WriterSchemas schemas, PatientSerializer output) implements AutoCloseable {

    /**
     * @throws InvalidSettingsException naming the setting that is wrong
     * @throws JobException when no broker's address can be found
     */
    static JobClients open(Settings settings) {
        PatientSerializer output = new PatientSerializer(serializer(settings));
        WriterSchemas schemas = new WriterSchemas(registry(settings));
        try {
            return new JobClients(admin(settings), schemas, output);
        } catch (RuntimeException e) {
            schemas.close();
            output.close();
            throw e;
        }
    }

    static Admin admin(Settings settings) {
        try {
            return Admin.create(StreamsSettings.clients(settings));
        } catch (KafkaException e) {
            throw KafkaFailures.atCreation(e, settings);
        }
    }

    private static RegistryClient registry(Settings settings) {
        try {
            return RegistryClient.of(settings.registry());
        } catch (ConfigException e) {
            throw new InvalidSettingsException("schema registry: " + e.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private static Serializer<Object> serializer(Settings settings) {
        String name = settings.topics().valueSerializer();
        try {
            Serializer<Object> serializer = Utils.newInstance(name, Serializer.class);
            serializer.configure(settings.registry(), false);
            return serializer;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new InvalidSettingsException("value.serializer: " + name
                    + " is not on the class path. Correct the name, or add its jar to the class path.");
        } catch (ClassCastException e) {
            throw new InvalidSettingsException("value.serializer: " + name
                    + " is no serializer. Name a class that implements Kafka's Serializer.");
        } catch (ConfigException e) {
            throw new InvalidSettingsException("schema registry: " + e.getMessage());
        } catch (KafkaException e) {
            throw new InvalidSettingsException("value.serializer: " + name + " cannot be used: "
                    + FailurePolicy.describe(e) + ". Correct the name, or the settings of the schema registry.");
        }
    }

    /** Whether anything waits for a registry that cannot be reached. */
    boolean isWaitingForRegistry() {
        return schemas.isWaiting() || output.isWaiting();
    }

    /** Ends every wait for the registry, so that the threads that wait can stop. */
    void stopWaiting() {
        schemas.stopWaiting();
        output.stopWaiting();
    }

    @Override
    public void close() {
        schemas.close();
        output.close();
        admin.close(Duration.ofSeconds(1));
    }
}
