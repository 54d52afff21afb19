package io.checkoutmetrics.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.SystemLimitException;
import org.junit.jupiter.api.Test;

class AvroSafeguardsTest {
    private static final String PROPERTY = SystemLimitException.MAX_COLLECTION_ALLOCATION_PROPERTY;

    @Test
    void limitHolds_alsoWhereAvroWasInUseBefore() throws Exception {
        String before = System.clearProperty(PROPERTY);
        try (URLClassLoader anotherAvro = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Class<?> limits = Class.forName(SystemLimitException.class.getName(), true, anotherAvro);
            Method check = limits.getMethod("checkMaxCollectionAllocation", long.class, long.class);
            long tooMany = AvroSafeguards.MOST_ITEMS_WITHOUT_BYTES + 1L;
            assertThat(check.invoke(null, 0L, tooMany)).isEqualTo(tooMany);

            Class.forName(AvroSafeguards.class.getName(), true, anotherAvro);
            assertThatThrownBy(() -> check.invoke(null, 0L, tooMany)).isInstanceOf(InvocationTargetException.class);
        } finally {
            if (before != null) {
                System.setProperty(PROPERTY, before);
            }
        }
    }

    private static URL[] classPath() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
