package io.checkoutmetrics;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How tests start JVMs of their own: dozens of them, each for seconds. They compile little, and take the classes of the job's
 * jar from the archive that the build has made of them ({@code -Dclass.archive}). Where there is none, or one of another jar,
 * they take them from the jar.
 */
public final class ShortLivedJvm {
    private ShortLivedJvm() {}

    /** The program and its flags. */
    public static List<String> command() {
        List<String> command = new ArrayList<>(List.of(program().toString()));
        command.addAll(flags());
        return command;
    }

    /** The {@code java} of this JVM. */
    public static Path program() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    public static List<String> flags() {
        List<String> flags = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        String archive = System.getProperty("class.archive", "");
        if (!archive.isEmpty() && Files.exists(Path.of(archive))) {
            flags.add("-XX:SharedArchiveFile=" + archive);
            flags.add("-Xlog:disable"); // that it is of another jar would be told on standard output
        }
        return flags;
    }

    /** The job's jar and the classes of the tests; in this order, since an archive is of what comes first. */
    public static String classPath() {
        String jar = System.getProperty("job.jar");
        if (jar == null) {
            return System.getProperty("java.class.path");
        }
        try {
            Path tests = Path.of(ShortLivedJvm.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar + File.pathSeparator + tests;
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
