package io.checkoutmetrics.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The ACLs in what {@code topology} prints, as an administrator would type them in. */
final class PrintedAcls {
    private PrintedAcls() {}

    /** As the table says: resource, pattern, name, operations. */
    static List<AclBinding> of(String report, String principal) {
        return report.substring(report.indexOf("ACLS that"))
                .lines()
                .map(line -> line.trim().split(" {2,}", -1))
                .filter(cells -> cells.length == 5 && !cells[0].equals("RESOURCE"))
                .flatMap(cells -> Arrays.stream(cells[3].split(",", -1))
                        .map(operation -> binding(
                                ResourceType.fromString(snake(cells[0])),
                                PatternType.fromString(snake(cells[1])),
                                cells[2],
                                AclOperation.fromString(snake(operation)),
                                principal)))
                .toList();
    }

    static AclBinding binding(
            ResourceType resource, PatternType pattern, String name, AclOperation operation, String principal) {
        return new AclBinding(
                new ResourcePattern(resource, name, pattern),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }

    private static String snake(String word) {
        return word.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }
}
