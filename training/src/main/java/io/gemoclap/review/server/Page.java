package io.gemoclap.review.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The files of the page, which hold no data: read once, and nothing else of the class path. */
final class Page extends Handler.Abstract {
  private static final Map<String, String> FILES =
      Map.of(
          "/", "review.html",
          "/review.css", "review.css",
          "/review.js", "review.js",
          "/recording.js", "recording.js",
          "/list.js", "list.js",
          "/filters.js", "filters.js",
          "/answers.js", "answers.js",
          "/server.js", "server.js");

  private final Map<String, byte[]> contents = new HashMap<>();

  Page() {
    for (String name : FILES.values()) {
      try (InputStream file = Page.class.getResourceAsStream(name)) {
        contents.put(name, file.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String name = FILES.get(Request.getPathInContext(request));
    if (name == null || !request.getMethod().equals("GET")) {
      return false;
    }
    String type =
        switch (name.substring(name.lastIndexOf('.'))) {
          case ".html" -> "text/html; charset=utf-8";
          case ".css" -> "text/css; charset=utf-8";
          default -> "text/javascript; charset=utf-8";
        };
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.write(true, ByteBuffer.wrap(contents.get(name)), callback);
    return true;
  }
}
