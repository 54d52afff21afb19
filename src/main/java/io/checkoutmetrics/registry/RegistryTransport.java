package io.checkoutmetrics.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the registry, with failover: an endpoint that is unavailable passes the request to the next one; any
 * other answer is final. The endpoint that answered last is asked first. Bounded: all endpoints, {@code retries + 1}
 * times, and no new request once {@link #BUDGET_NANOS} have passed. Redirects are not followed. Thread-safe.
 */
final class RegistryTransport implements AutoCloseable {
    /** Largest answer read. A schema is some kilobytes. */
    static final int LARGEST_ANSWER_BYTES = 4 << 20;

    private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

    private final RegistrySettings settings;
    private final HttpClient http;
    private final ExecutorService threads;
    private final AtomicInteger preferred = new AtomicInteger();
    private final Clock clock;
    private volatile Optional<Duration> clockAhead = Optional.empty();

    RegistryTransport(RegistrySettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "schema-registry-client-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .executor(threads);
        if (settings.tls() != null) {
            builder.sslContext(settings.tls());
        }
        this.http = builder.build();
    }

    /**
     * @param asked what is asked for, as messages call it
     * @param requestBody JSON to POST, or null to GET
     * @param unknownCodes the registry's own codes that mean {@link RegistryException.UnknownSchema}
     */
    RegistryAnswer call(String asked, String path, @Nullable String requestBody, Set<Integer> unknownCodes) {
        long start = System.nanoTime();
        List<Endpoint> endpoints = settings.endpoints();
        StringJoiner failures = new StringJoiner("; ");
        for (int round = 0; round <= settings.retries(); round++) {
            failures = new StringJoiner("; ");
            int first = preferred.get();
            for (int i = 0; i < endpoints.size(); i++) {
                int index = (first + i) % endpoints.size();
                try {
                    RegistryAnswer answer =
                            send(endpoints.get(index), asked, path, requestBody).successOrThrow(unknownCodes);
                    preferred.set(index);
                    return answer;
                } catch (RegistryException.Unavailable e) {
                    failures.add(e.getMessage());
                }
                if (System.nanoTime() - start > BUDGET_NANOS) {
                    throw new RegistryException.Unavailable(failures.toString());
                }
            }
            if (round < settings.retries()) {
                pause();
            }
        }
        throw new RegistryException.Unavailable(failures.toString());
    }

    private RegistryAnswer send(Endpoint endpoint, String asked, String path, @Nullable String requestBody) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint.resolve(path)).header("Accept", CONTENT_TYPE + ", application/json");
        if (endpoint.authorization() != null) {
            request.header("Authorization", endpoint.authorization());
        }
        if (requestBody != null) {
            request.header("Content-Type", CONTENT_TYPE).POST(BodyPublishers.ofString(requestBody));
        }
        Instant sentAt = clock.instant();
        CompletableFuture<HttpResponse<CappedBody.Body>> pending =
                http.sendAsync(request.build(), head -> new CappedBody(LARGEST_ANSWER_BYTES));
        try {
            HttpResponse<CappedBody.Body> response =
                    pending.get(settings.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
            clockAhead = ClockDifference.atLeast(response.headers(), sentAt, clock.instant());
            return new RegistryAnswer(endpoint, asked, response.statusCode(), response.body());
        } catch (TimeoutException e) {
            throw unreachable(
                    endpoint, "no answer within " + settings.readTimeout().toMillis() + " ms");
        } catch (ExecutionException e) {
            throw failed(endpoint, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            pending.cancel(true);
        }
    }

    private static RegistryException failed(Endpoint endpoint, Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof CertificateException || t instanceof CertPathValidatorException) {
                return new RegistryException.Refused(
                        "schema registry " + endpoint + ": its certificate is not trusted (" + t.getMessage()
                                + "). Set schema.registry.ssl.truststore.location.");
            }
        }
        if (cause instanceof HttpTimeoutException) {
            return unreachable(endpoint, "no connection in time");
        }
        if (cause instanceof ConnectException) {
            return unreachable(endpoint, "connection refused or host unknown");
        }
        if (cause instanceof IOException) {
            return unreachable(
                    endpoint, "connection broken (" + RegistryAnswer.quoted(String.valueOf(cause.getMessage())) + ")");
        }
        return unreachable(endpoint, cause.toString());
    }

    private static RegistryException.Unavailable unreachable(Endpoint endpoint, String why) {
        return new RegistryException.Unavailable("schema registry " + endpoint + ": " + why
                + ". Check that it runs and that " + RegistrySettings.URL + " and the network lead there.");
    }

    /** See {@link RegistryClient#clockAhead}. */
    Optional<Duration> clockAhead() {
        return clockAhead;
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(settings.retryWait().toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
