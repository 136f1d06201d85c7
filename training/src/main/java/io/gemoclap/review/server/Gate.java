package io.gemoclap.review.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets through what comes from the server's own page, and refuses everything else.
 *
 * <p>The host must be this machine by name, so that no other site's name can be made to mean it
 * (DNS rebinding). The origin must be the server's own. Whatever holds data ({@code /api/}) needs
 * the token, in a header that no other site can send; an audio element, which cannot send one
 * either, has it in its address. No answer allows another origin (CORS).
 */
final class Gate extends Handler.Wrapper {
  /** Header with the token. */
  static final String TOKEN = "X-Gemoclap-Token";

  /** Paths that take the token in their address. */
  private static final Set<String> BY_ADDRESS = Set.of(Api.SOUND);

  private static final HttpField[] HEADERS = {
    new HttpField(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; media-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    new HttpField("X-Content-Type-Options", "nosniff"),
    new HttpField("Referrer-Policy", "no-referrer"),
    new HttpField("Cross-Origin-Resource-Policy", "same-origin"),
    new HttpField("Cross-Origin-Opener-Policy", "same-origin"),
    new HttpField(HttpHeader.CACHE_CONTROL, "no-store"),
  };

  private final byte[] token;

  Gate(String token, Handler inner) {
    super(inner);
    this.token = token.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    for (HttpField header : HEADERS) {
      response.getHeaders().put(header);
    }
    Optional<String> problem = problem(request);
    if (problem.isEmpty()) {
      return super.handle(request, response, callback);
    }
    response.setStatus(HttpStatus.FORBIDDEN_403);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, MimeTypes.Type.TEXT_PLAIN_UTF_8.asString());
    response.write(true, ByteBuffer.wrap(problem.get().getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }

  private Optional<String> problem(Request request) {
    int port = Request.getLocalPort(request);
    HttpFields headers = request.getHeaders();
    String host = String.valueOf(headers.get(HttpHeader.HOST));
    if (!host.equals("127.0.0.1:" + port) && !host.equals("localhost:" + port)) {
      return Optional.of(
          "This server answers to 127.0.0.1 and localhost at port " + port + " only.");
    }
    String origin = headers.get(HttpHeader.ORIGIN);
    if (origin != null && !origin.equals("http://" + host)) {
      return Optional.of("Requests of other pages are refused.");
    }
    String path = Request.getPathInContext(request);
    if (!path.startsWith(Api.PREFIX)) {
      return Optional.empty();
    }
    String site = headers.get("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return Optional.of("Requests of other pages are refused.");
    }
    String given = headers.get(TOKEN);
    if (given == null && BY_ADDRESS.contains(path)) {
      given = Request.extractQueryParameters(request).getValue("token");
    }
    if (given == null || !MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8))) {
      return Optional.of(
          "The token is missing or wrong. Open the address that 'gemoclap review' has printed.");
    }
    return Optional.empty();
  }
}
