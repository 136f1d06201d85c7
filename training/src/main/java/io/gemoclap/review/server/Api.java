package io.gemoclap.review.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests for data in JSON. An error is an object with one sentence, {@code error}: status
 * 400 for a wrong request, 404 for what does not exist, 409 for what must be decided first, and 500
 * otherwise.
 */
final class Api extends Handler.Abstract {
  /** Begins the path of everything that holds data. */
  static final String PREFIX = "/api/";

  /** Sound for an audio element. */
  static final String SOUND = PREFIX + "sound";

  private static final String WAVEFORM = PREFIX + "waveform";

  /** Largest body of a request: a recording that is searched for. */
  private static final int MAX_BODY = 64 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Api.class);

  static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Answers one path. */
  interface Endpoint {
    /**
     * Gives the answer.
     *
     * @param body content of the request; empty for GET
     */
    Object answer(Parameters parameters, byte[] body) throws IOException;
  }

  /** Something that the user must decide before it can be done. */
  static final class UndecidedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UndecidedException(String message) {
      super(message);
    }
  }

  private final Map<String, Endpoint> endpoints;
  private final RecordingView recordings;

  /**
   * The API.
   *
   * @param endpoints by method and path, such as {@code GET /api/info}
   */
  Api(Map<String, Endpoint> endpoints, RecordingView recordings) {
    this.endpoints = endpoints;
    this.recordings = recordings;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String path = Request.getPathInContext(request);
    if (!path.startsWith(PREFIX)) {
      return false;
    }
    Endpoint endpoint = endpoints.get(request.getMethod() + " " + path);
    Parameters parameters = new Parameters(Request.extractQueryParameters(request));
    try {
      boolean get = request.getMethod().equals("GET");
      if (get && path.equals(SOUND)) {
        recordings.sendSound(parameters, request, response, callback);
      } else if (get && path.equals(WAVEFORM)) {
        Object waveform = recordings.waveform(parameters, new WaitingClient(response));
        send(HttpStatus.OK_200, waveform, response, callback);
      } else if (endpoint == null) {
        throw new FileNotFoundException("There is nothing at " + path);
      } else {
        send(HttpStatus.OK_200, endpoint.answer(parameters, body(request)), response, callback);
      }
    } catch (IllegalArgumentException | JsonProcessingException e) {
      fail(HttpStatus.BAD_REQUEST_400, e, response, callback);
    } catch (FileNotFoundException e) {
      fail(HttpStatus.NOT_FOUND_404, e, response, callback);
    } catch (UndecidedException e) {
      fail(HttpStatus.CONFLICT_409, e, response, callback);
    } catch (IOException | RuntimeException e) {
      if (response.isCommitted()) { // The player has closed the connection.
        callback.failed(e);
      } else {
        LOG.warn("{} failed", path, e);
        fail(HttpStatus.INTERNAL_SERVER_ERROR_500, e, response, callback);
      }
    }
    return true;
  }

  private static byte[] body(Request request) throws IOException {
    if (request.getMethod().equals("GET")) {
      return new byte[0];
    }
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = in.readNBytes(MAX_BODY + 1);
      if (body.length > MAX_BODY) {
        throw new IllegalArgumentException(
            "The file is larger than " + (MAX_BODY >> 20) + " MiB: cut the part that is searched");
      }
      return body;
    }
  }

  private static void fail(int status, Exception e, Response response, Callback callback)
      throws IOException {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    send(status, Map.of("error", message), response, callback);
  }

  private static void send(int status, Object answer, Response response, Callback callback)
      throws IOException {
    byte[] json = JSON.writeValueAsBytes(answer);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(json), callback);
  }
}
