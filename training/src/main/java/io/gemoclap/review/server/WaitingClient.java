package io.gemoclap.review.server;

import io.gemoclap.review.sound.Sounds.Asker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;

/**
 * A client that waits for sound. From time to time, the server sends it the status 102 ("request is
 * being processed"), which clients ignore (RFC 9110, section 15.2). Only by writing does the server
 * learn that the client has closed the connection: the first message after that is still accepted,
 * the second is not. Some clients take few such messages, Java's eight.
 *
 * @param response to its request; nothing of it has been sent
 */
record WaitingClient(Response response) implements Asker {
  @Override
  public void stay() throws IOException {
    try {
      response.writeInterim(HttpStatus.PROCESSING_102, HttpFields.EMPTY).get();
    } catch (ExecutionException e) {
      throw new IOException("The client has left", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The program is being stopped");
    }
  }
}
