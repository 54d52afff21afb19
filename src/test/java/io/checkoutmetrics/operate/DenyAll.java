package io.checkoutmetrics.operate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.server.authorizer.AclCreateResult;
import org.apache.kafka.server.authorizer.AclDeleteResult;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.apache.kafka.server.authorizer.Authorizer;
import org.apache.kafka.server.authorizer.AuthorizerServerInfo;

/**
 * Denies everything but what {@link #ALLOWED} lists, to all clients but those whose ID begins with {@value #SETUP}, and
 * remembers both. Made by the broker, so what it knows is static.
 */
public final class DenyAll implements Authorizer {
    static final String SETUP = "setup";
    static final List<RequiredAcl> ALLOWED = new CopyOnWriteArrayList<>();
    static final Set<String> DENIED = ConcurrentHashMap.newKeySet();
    static final Set<String> USED = ConcurrentHashMap.newKeySet();

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        List<AuthorizationResult> results = new ArrayList<>();
        for (Action action : actions) {
            boolean allowed = isTheBrokersOwn(action) || context.clientId().startsWith(SETUP) || isListed(action);
            if (!allowed && action.logIfDenied()) {
                DENIED.add(action.operation() + " " + action.resourcePattern().resourceType() + " "
                        + action.resourcePattern().name());
            }
            results.add(allowed ? AuthorizationResult.ALLOWED : AuthorizationResult.DENIED);
        }
        return results;
    }

    private static boolean isTheBrokersOwn(Action action) {
        return action.operation() == AclOperation.CLUSTER_ACTION
                || action.resourcePattern().resourceType() == ResourceType.TOPIC
                        && action.resourcePattern().name().startsWith("__");
    }

    private static boolean isListed(Action action) {
        for (RequiredAcl acl : ALLOWED) {
            String name = action.resourcePattern().name();
            boolean isNamed =
                    acl.pattern() == PatternType.PREFIXED ? name.startsWith(acl.name()) : name.equals(acl.name());
            if (acl.resource() == action.resourcePattern().resourceType() && isNamed && covers(acl, action)) {
                USED.add(action.operation() + " " + acl.resource() + " " + acl.name());
                return true;
            }
        }
        return false;
    }

    private static boolean covers(RequiredAcl acl, Action action) {
        return acl.operations().contains(action.operation()) || action.operation() == AclOperation.DESCRIBE;
    }

    @Override
    public Map<Endpoint, ? extends CompletionStage<Void>> start(AuthorizerServerInfo serverInfo) {
        Map<Endpoint, CompletionStage<Void>> ready = new ConcurrentHashMap<>();
        serverInfo.endpoints().forEach(endpoint -> ready.put(endpoint, CompletableFuture.completedFuture(null)));
        return ready;
    }

    @Override
    public List<? extends CompletionStage<AclCreateResult>> createAcls(
            AuthorizableRequestContext context, List<AclBinding> bindings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<? extends CompletionStage<AclDeleteResult>> deleteAcls(
            AuthorizableRequestContext context, List<AclBindingFilter> filters) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<AclBinding> acls(AclBindingFilter filter) {
        return List.of();
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // nothing to configure
    }

    @Override
    public void close() {
        // nothing to close
    }
}
