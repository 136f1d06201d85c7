package io.gemoclap.review.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Locale;

/** Ports of this machine's loopback address. Stateless. */
public final class Ports {
  private static final int FIRST_OF_USERS = 1024;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private Ports() {}

  /**
   * Finds out whether a server could listen at a port, before anything else is done.
   *
   * @param port 0 for any that is free
   * @throws IOException if it could not, with the reason and the remedy
   */
  public static void requireFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(LOOPBACK))) {
      socket.getLocalPort();
    } catch (IOException e) {
      throw unusable(port, e);
    }
  }

  /** Why no server can listen at a port, and what to do about it. */
  static IOException unusable(int port, IOException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String why = String.valueOf(root.getMessage());
    String lower = why.toLowerCase(Locale.ROOT);
    if (lower.contains("in use")) {
      why = "another program uses it";
    } else if (lower.contains("permission denied") && port < FIRST_OF_USERS) {
      why = "ports below 1024 are kept for administrators";
    }
    return new IOException(
        "No page can be served at port %s: %s. Name another with --port, or leave it out for any that is free"
            .formatted(port, why),
        e);
  }
}
