package io.gemoclap.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** Asks a running server as its page does. */
public final class ReviewClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;
  private final String token;

  /** A client of the server with that address, which holds the token. */
  public ReviewClient(String url) {
    int query = url.indexOf("/?token=");
    address = url.substring(0, query);
    token = url.substring(query + "/?token=".length());
  }

  /** The address without a path. */
  public String address() {
    return address;
  }

  /** The token. */
  public String token() {
    return token;
  }

  /** A request without the token. */
  public HttpRequest.Builder plain(String path) {
    return HttpRequest.newBuilder(URI.create(address + path));
  }

  /** A request with the token. */
  public HttpRequest.Builder request(String path) {
    return plain(path).header("X-Gemoclap-Token", token);
  }

  /** Sends a request. */
  public HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** The answer to a request that succeeds. */
  public JsonNode get(String path) throws IOException, InterruptedException {
    return answer(request(path));
  }

  /** The answer to a request with a body that succeeds. */
  public JsonNode post(String path, byte[] body) throws IOException, InterruptedException {
    return answer(request(path).POST(BodyPublishers.ofByteArray(body)));
  }

  private JsonNode answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = send(request);
    JsonNode answer = JSON.readTree(response.body());
    if (response.statusCode() != 200) {
      throw new IOException(response.statusCode() + ": " + answer);
    }
    return answer;
  }

  /** The error of a request that is refused, after its status. */
  public String error(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = send(request);
    return response.statusCode() + ": " + new String(response.body(), StandardCharsets.UTF_8);
  }
}
