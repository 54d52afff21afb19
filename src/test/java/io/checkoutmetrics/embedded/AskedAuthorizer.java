package io.checkoutmetrics.embedded;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/**
 * Kafka's own authorizer, which remembers what it was asked by whom and what it said, each as
 * {@code READ TOPIC name}. Made by the broker, so what it knows is static.
 */
public final class AskedAuthorizer extends StandardAuthorizer {
    private static final Map<String, Set<String>> ALLOWED = new ConcurrentHashMap<>();
    private static final Map<String, Set<String>> DENIED = new ConcurrentHashMap<>();

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        List<AuthorizationResult> results = super.authorize(context, actions);
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            boolean isAllowed = results.get(i) == AuthorizationResult.ALLOWED;
            if (isAllowed ? action.logIfAllowed() : action.logIfDenied()) {
                (isAllowed ? ALLOWED : DENIED)
                        .computeIfAbsent(context.principal().toString(), any -> new ConcurrentSkipListSet<>())
                        .add(action.operation() + " " + action.resourcePattern().resourceType() + " "
                                + action.resourcePattern().name());
            }
        }
        return results;
    }

    static void forget() {
        ALLOWED.clear();
        DENIED.clear();
    }

    static Set<String> allowed(String principal) {
        return new TreeSet<>(ALLOWED.getOrDefault(principal, Set.of()));
    }

    static Set<String> denied(String principal) {
        return new TreeSet<>(DENIED.getOrDefault(principal, Set.of()));
    }
}
