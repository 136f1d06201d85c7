package io.gemoclap.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A self-signed certificate, a user and a password for a broker's secure listener. */
final class BrokerSecurity {
  static final String CLIENT_PROPERTIES = "client.properties";
  static final String PASSWORD = "open-sesame-4711";
  private static final String LOGIN =
      "org.apache.kafka.common.security.plain.PlainLoginModule required"
          + " username=\"annotator\" password=\"%s\"".formatted(PASSWORD);

  private BrokerSecurity() {}

  /** Writes the certificate and the clients' properties; gives the broker's lines. */
  static List<String> create(Path folder) throws IOException {
    Path keys = folder.resolve("broker.p12");
    Path certificate = folder.resolve("broker.pem");
    keytool(
        keys, "-genkeypair", "-keyalg", "EC", "-dname", "CN=broker", "-ext", "san=ip:127.0.0.1");
    keytool(keys, "-exportcert", "-rfc", "-file", certificate.toString());
    Files.write(
        folder.resolve(CLIENT_PROPERTIES),
        List.of(
            "security.protocol=SASL_SSL",
            "ssl.truststore.type=PEM",
            "ssl.truststore.location=" + certificate,
            "sasl.mechanism=PLAIN",
            "sasl.jaas.config=" + LOGIN + ";"));
    return List.of(
        "ssl.keystore.type=PKCS12",
        "ssl.keystore.location=" + keys,
        "ssl.keystore.password=" + PASSWORD,
        "sasl.enabled.mechanisms=PLAIN",
        "listener.name.sasl_ssl.plain.sasl.jaas.config="
            + LOGIN
            + " user_annotator=\"%s\";".formatted(PASSWORD));
  }

  private static void keytool(Path keys, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    Collections.addAll(command, arguments);
    Collections.addAll(command, "-alias", "broker", "-storetype", "PKCS12", "-storepass", PASSWORD);
    Collections.addAll(command, "-keystore", keys.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("keytool " + arguments[0] + " failed");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
