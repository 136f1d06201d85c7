package io.gemoclap.review.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class PortsTest {
  private static final String REMEDY =
      ". Name another with --port, or leave it out for any that is free";

  @Test
  void aTakenPortIsRefusedAndAFreeOneIsNot() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
      String message = assertThrows(IOException.class, () -> Ports.requireFree(port)).getMessage();
      assertEquals(
          "No page can be served at port " + port + ": another program uses it" + REMEDY, message);
    }
    Ports.requireFree(port);
    Ports.requireFree(0);
  }

  @Test
  void aPortOfAdministratorsIsNamedAsSuch() {
    IOException wrapped = new IOException("Failed to bind", new BindException("Permission denied"));
    String message = Ports.unusable(80, wrapped).getMessage();
    assertTrue(message.contains("80: ports below 1024 are kept for administrators"), message);
    assertTrue(message.endsWith(REMEDY), message);
  }
}
