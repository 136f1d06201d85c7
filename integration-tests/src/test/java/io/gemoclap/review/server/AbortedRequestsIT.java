package io.gemoclap.review.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.flink.Polling;
import io.gemoclap.review.LargeResults;
import io.gemoclap.review.OpenReview;
import io.gemoclap.review.ReviewClient;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server does for clients that close their connections while a recording is decoded. */
final class AbortedRequestsIT {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int RATE = 16_000;

  /** More than a server has threads. */
  private static final int CLIENTS = 20;

  @TempDir private Path folder;

  /** Results of a recording that is silent for some hours; the file takes no space. */
  private Path results(long hours) throws Exception {
    Path recording = folder.resolve("silence.wav");
    long bytes = hours * 3_600 * RATE * 2;
    ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt((int) (bytes + 36));
    header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    header.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE * 2);
    header.putShort((short) 2).putShort((short) 16);
    header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) bytes);
    try (RandomAccessFile file = new RandomAccessFile(recording.toFile(), "rw")) {
      file.write(header.array());
      file.setLength(44 + bytes);
    }
    Path results = folder.resolve("out");
    LargeResults.write(results, 100, 100, Bundles.resolve(Bundles.BUNDLED).id());
    Path rows = results.resolve("annotations-00000-00000-of-00001.jsonl");
    String recorded = "\"recording\":\"%s\"";
    Files.writeString(
        rows,
        Files.readString(rows)
            .replace(
                recorded.formatted("/archive/0000/call-00000000.mp3"),
                recorded.formatted(recording)));
    return results;
  }

  private static boolean decodes() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Stream::of)
        .anyMatch(frame -> frame.getClassName().equals(AudioDecoder.class.getName()));
  }

  private static Socket ask(ReviewClient client) throws IOException {
    URI address = URI.create(client.address());
    Socket socket = new Socket(address.getHost(), address.getPort());
    String request =
        "GET /api/sound?segment=0&token=%s HTTP/1.1\r\nHost: %s\r\n\r\n"
            .formatted(client.token(), address.getAuthority());
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void decodingStopsWhenAllWhoAskedHaveLeft() throws Exception {
    try (OpenReview review = new OpenReview(results(36), AllowedRoots.everywhere())) {
      ReviewClient client = review.client();
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        sockets.add(ask(client));
      }
      Polling.until("the recording is being decoded", LIMIT, AbortedRequestsIT::decodes);
      for (Socket socket : sockets) {
        socket.close();
      }
      assertEquals(100, client.get("/api/info").path("count").asInt(), "a thread is free");
      Polling.until("nothing is decoded any more", LIMIT, () -> !decodes());
      try (Socket again = ask(client)) {
        Polling.until("it is decoded anew, as it was not finished", LIMIT, () -> decodes());
      }
    }
  }

  @Test
  void whoWaitsGetsTheSoundAlthoughOthersLeave() throws Exception {
    try (OpenReview review = new OpenReview(results(2), AllowedRoots.everywhere())) {
      ReviewClient client = review.client();
      Socket other = ask(client);
      Polling.until("the recording is being decoded", LIMIT, AbortedRequestsIT::decodes);
      other.close();
      HttpResponse<byte[]> end =
          client.send(
              client
                  .request("/api/sound?segment=0")
                  .header("Range", "bytes=%s-".formatted(2L * 3_600 * RATE * 2)));
      assertEquals(206, end.statusCode());
      assertEquals(44, end.body().length);
      assertTrue(client.get("/api/waveform?segment=0").path("seconds").asDouble() == 7_200);
    }
  }
}
