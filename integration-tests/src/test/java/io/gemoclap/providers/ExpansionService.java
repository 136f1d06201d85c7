package io.gemoclap.providers;

import io.gemoclap.FreePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Beam's expansion service with a pool of workers, as {@code java -jar} starts it from our jar. */
final class ExpansionService implements AutoCloseable {
  private static final Path JAR =
      Path.of("beam-transforms", "target", "gemoclap-expansion.jar").toAbsolutePath();

  private final Process process;
  private final int port;
  private final Path log;

  private ExpansionService(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** What a test does with it. */
  interface Use {
    void run() throws Exception;
  }

  /**
   * Starts it, and waits until it answers.
   *
   * @param folder takes its log, and a small file in place of the jar, which nobody stages here
   */
  static ExpansionService start(Path folder) throws IOException, InterruptedException {
    int port = FreePort.next();
    Path staged = Files.writeString(folder.resolve("staged.txt"), "Workers have the jar.\n");
    Path log = folder.resolve("service.log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                    "-jar",
                    JAR.toString(),
                    Integer.toString(port),
                    "--alsoStartLoopbackWorker=true",
                    "--filesToStage=" + staged))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    ExpansionService service = new ExpansionService(process, port, log);
    while (!service.answers()) {
      if (!process.isAlive()) {
        throw new IOException(Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return service;
  }

  private boolean answers() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  /** Where it listens, for expansions and for workers. */
  String address() {
    return "localhost:" + port;
  }

  /** Uses it; an error also has the service's log. */
  void orLog(Use use) throws Exception {
    try {
      use.run();
    } catch (Exception e) {
      throw new IOException("The expansion service said:\n" + Files.readString(log), e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
