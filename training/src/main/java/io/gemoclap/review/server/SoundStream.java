package io.gemoclap.review.server;

import io.gemoclap.review.sound.Sound;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends a channel as WAVE: all of it, or the range of bytes that a player asks for. */
final class SoundStream {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");
  private static final int BLOCK = 1 << 16;

  private SoundStream() {}

  static void send(Sound sound, int channel, Request request, Response response, Callback callback)
      throws IOException {
    long size = sound.size(channel);
    long first = 0;
    long last = size - 1;
    String asked = request.getHeaders().get(HttpHeader.RANGE);
    // Other ranges, such as several at once, are answered by all bytes, as RFC 9110 allows.
    Matcher range = RANGE.matcher(asked == null ? "" : asked);
    if (range.matches()) {
      first = Long.parseLong(range.group(1));
      last = range.group(2).isEmpty() ? last : Math.min(last, Long.parseLong(range.group(2)));
      if (first > last) {
        response.setStatus(HttpStatus.RANGE_NOT_SATISFIABLE_416);
        response.getHeaders().put(HttpHeader.CONTENT_RANGE, "bytes */" + size);
        response.write(true, ByteBuffer.allocate(0), callback);
        return;
      }
      response.setStatus(HttpStatus.PARTIAL_CONTENT_206);
      response
          .getHeaders()
          .put(HttpHeader.CONTENT_RANGE, "bytes %s-%s/%s".formatted(first, last, size));
    }
    response.getHeaders().put(HttpHeader.ACCEPT_RANGES, "bytes");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "audio/wav");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, last - first + 1);
    try (OutputStream out = Content.Sink.asOutputStream(response)) {
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      for (long position = first; position <= last; ) {
        block.clear().limit((int) Math.min(BLOCK, last - position + 1));
        int count = sound.read(channel, block, position);
        if (count < 0) {
          throw new IOException("The sound ends early");
        }
        out.write(block.array(), 0, count);
        position += count;
      }
    }
    callback.succeeded();
  }
}
