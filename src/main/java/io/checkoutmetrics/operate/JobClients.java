package io.checkoutmetrics.operate;

import io.checkoutmetrics.config.InvalidSettingsException;
import io.checkoutmetrics.config.Settings;
import io.checkoutmetrics.registry.RegistryClient;
import io.checkoutmetrics.stream.WriterSchemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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
     * @throws InvalidSettingsException naming every setting that is wrong
     * @throws NoAnswerException when no broker's address can be found
     */
    static JobClients open(Settings settings) {
        List<String> problems = new ArrayList<>();
        Optional<PatientSerializer> output = attempt(() -> new PatientSerializer(serializer(settings)), problems);
        Optional<WriterSchemas> schemas = attempt(() -> new WriterSchemas(registry(settings)), problems);
        try {
            Optional<Admin> admin = adminOrProblems(settings, problems);
            if (!problems.isEmpty()) {
                admin.ifPresent(Admin::close);
                throw new InvalidSettingsException(problems.stream().distinct().toList());
            }
            return new JobClients(admin.orElseThrow(), schemas.orElseThrow(), output.orElseThrow());
        } catch (RuntimeException e) {
            schemas.ifPresent(WriterSchemas::close);
            output.ifPresent(PatientSerializer::close);
            throw e;
        }
    }

    /** That no broker can be found may pass, and is told only if nothing else is wrong. */
    private static Optional<Admin> adminOrProblems(Settings settings, List<String> problems) {
        try {
            return attempt(() -> admin(settings), problems);
        } catch (NoAnswerException e) {
            if (problems.isEmpty()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static <T> Optional<T> attempt(Supplier<T> opening, List<String> problems) {
        try {
            return Optional.of(opening.get());
        } catch (InvalidSettingsException e) {
            problems.addAll(e.problems());
            return Optional.empty();
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
