package io.gemoclap.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An error of Flink's server is no answer. */
final class FlinkRestIT {
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private volatile int status;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean fails = requests.getAndIncrement() < 2;
          byte[] body = "{\"state\": \"CANCELED\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(fails ? status : 200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private FlinkRest rest() {
    return new FlinkRest(server.getAddress().getPort());
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503})
  void anErrorOfTheServerIsAskedAgain(int error) throws Exception {
    status = error;
    assertEquals("CANCELED", rest().state("job"));
    assertEquals(3, requests.get());
  }

  @Test
  void anActionIsNotRepeatedButPollingForItContinues() throws Exception {
    status = 500;
    assertThrows(FlinkRest.NoAnswerException.class, () -> rest().post("/jobs/job/stop", "{}"));
    assertEquals(1, requests.get());
    Polling.until(
        "an answer", Duration.ofMinutes(1), () -> !rest().post("/jobs/job/stop", "{}").isEmpty());
    assertEquals(3, requests.get());
  }

  @Test
  void thatThereIsNotASuchJobIsAnAnswer() {
    status = 404;
    assertThrows(IOException.class, () -> rest().state("job"));
    assertEquals(1, requests.get());
  }
}
