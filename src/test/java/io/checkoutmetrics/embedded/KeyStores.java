package io.checkoutmetrics.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;

/**
 * Keys made for one test, by the JDK's keytool: self-signed certificates in PKCS#12 files, and trust stores that hold one
 * certificate each.
 */
final class KeyStores {
    private static final String ALIAS = "one";

    private KeyStores() {}

    /** A new key of this subject, for 127.0.0.1. */
    static Path ofNewKey(Path file, String subject, String password) throws Exception {
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        subject,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        password))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        return file;
    }

    /** A trust store with the certificate of that key, under the same password. */
    static Path trusting(Path keys, Path file, String password) throws Exception {
        KeyStore from = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            from.load(in, password.toCharArray());
        }
        KeyStore to = KeyStore.getInstance("PKCS12");
        to.load(null, null);
        to.setCertificateEntry(ALIAS, from.getCertificate(ALIAS));
        try (OutputStream out = Files.newOutputStream(file)) {
            to.store(out, password.toCharArray());
        }
        return file;
    }
}
