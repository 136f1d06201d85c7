package io.gemoclap.review.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.audio.AllowedRoots;
import io.gemoclap.review.OpenReview;
import io.gemoclap.review.ReviewClient;
import io.gemoclap.review.SampleResults;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask a server, and what it answers, over real results. */
final class ReviewServerIT {
  private static final String SOUND = "/api/sound?segment=0";

  @TempDir private static Path folder;
  private static OpenReview review;
  private static ReviewClient client;

  @BeforeAll
  static void serveTheSamples() throws Exception {
    review = new OpenReview(SampleResults.copyTo(folder.resolve("out")), AllowedRoots.everywhere());
    client = review.client();
  }

  @AfterAll
  static void stopServing() throws Exception {
    review.close();
  }

  /** The answer to a request as it is written, which Java's client would correct or refuse. */
  private static String raw(String path, String... headers) throws IOException {
    URI address = URI.create(client.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\n"
              + String.join("\r\n", headers)
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      return answer.toString(StandardCharsets.UTF_8);
    }
  }

  private static String host() {
    return "Host: " + URI.create(client.address()).getAuthority();
  }

  private static String token() {
    return "X-Gemoclap-Token: " + client.token();
  }

  private static void isForbidden(String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
    assertFalse(answer.contains("recording\":"), answer);
  }

  @Test
  void dataNeedsTheToken() throws Exception {
    for (String path :
        List.of("/api/info", "/api/segments", "/api/segment?segment=0", "/api/agreement", SOUND)) {
      assertEquals(403, client.send(client.plain(path)).statusCode(), path);
      assertEquals(
          403,
          client.send(client.plain(path).header("X-Gemoclap-Token", "wrong")).statusCode(),
          path);
      assertEquals(200, client.send(client.request(path)).statusCode(), path);
    }
    assertEquals(
        403,
        client.send(client.plain("/api/answers").POST(BodyPublishers.ofString("{}"))).statusCode());
    assertEquals(
        403,
        client.send(client.plain("/api/segments?token=" + client.token())).statusCode(),
        "Only an audio element cannot send a header");
    assertEquals(200, client.send(client.plain(SOUND + "&token=" + client.token())).statusCode());
  }

  @Test
  void onlyTheNamesOfThisMachineAreAnswered() throws IOException {
    int port = URI.create(client.address()).getPort();
    assertTrue(raw("/api/info", host(), token()).startsWith("HTTP/1.1 200 "));
    assertTrue(raw("/api/info", "Host: localhost:" + port, token()).startsWith("HTTP/1.1 200 "));
    for (String host :
        List.of("evil.example", "evil.example:" + port, "127.0.0.1", "localhost:1")) {
      isForbidden(raw("/api/info", "Host: " + host, token()));
      isForbidden(raw("/", "Host: " + host));
    }
  }

  @Test
  void otherOriginsAreRefusedAndNeverAllowed() throws IOException {
    String own = "Origin: " + client.address();
    assertTrue(raw("/api/info", host(), token(), own).startsWith("HTTP/1.1 200 "));
    for (String origin : List.of("http://evil.example", "http://127.0.0.1:1", "null")) {
      isForbidden(raw("/api/info", host(), token(), "Origin: " + origin));
    }
    isForbidden(raw("/api/info", host(), token(), "Sec-Fetch-Site: cross-site"));
    isForbidden(raw("/api/info", host(), token(), "Sec-Fetch-Site: same-site"));
    assertFalse(raw("/api/info", host(), token(), own).contains("Access-Control-"));
  }

  @Test
  void onlyTheLoopbackAddressListens() throws IOException {
    int port = URI.create(client.address()).getPort();
    for (NetworkInterface card : NetworkInterface.networkInterfaces().toList()) {
      for (InetAddress address : card.inetAddresses().toList()) {
        if (!address.isLoopbackAddress()) {
          assertFalse(connects(address, port), address::toString);
        }
      }
    }
    assertTrue(connects(InetAddress.getLoopbackAddress(), port));
  }

  private static boolean connects(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 2_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void noPathLeadsToAFile() throws IOException {
    for (String path :
        List.of(
            "/../../../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "//etc/passwd",
            "/review.html/../Page.class",
            "/Page.class",
            "/api/../../etc/passwd")) {
      String answer = raw(path, host(), token());
      assertTrue(answer.matches("(?s)HTTP/1.1 (400|403|404) .*"), path + ": " + answer);
      assertFalse(answer.contains("root:"), answer);
    }
    String sound = raw("/api/sound?segment=/etc/passwd", host(), token());
    assertTrue(sound.startsWith("HTTP/1.1 400 "), sound);
    assertTrue(
        raw("/api/sound?segment=99999", host(), token()).startsWith("HTTP/1.1 404 "),
        "Recordings are named by segments of the results only");
  }

  @Test
  void everyAnswerForbidsForeignScriptsAndFrames() throws Exception {
    for (String path : List.of("/", "/review.js", "/api/info")) {
      var headers = client.send(client.request(path)).headers();
      String policy = headers.firstValue("Content-Security-Policy").orElseThrow();
      assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
      assertTrue(policy.contains("frame-ancestors 'none'"), policy);
      assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElseThrow());
      assertEquals("no-referrer", headers.firstValue("Referrer-Policy").orElseThrow());
      assertTrue(headers.firstValue("Server").isEmpty());
    }
  }

  @Test
  void everyFormatBecomesWaveThatIsSentInRanges() throws Exception {
    for (JsonNode entry : client.get("/api/segments").path("entries")) {
      String path = "/api/sound?segment=" + entry.path("segment").path("id").asLong();
      byte[] all = client.send(client.request(path)).body();
      AudioFormat format =
          AudioSystem.getAudioFileFormat(new ByteArrayInputStream(all)).getFormat();
      assertEquals(16_000, format.getSampleRate());
      assertEquals(1, format.getChannels());
      double seconds = client.get(path.replace("sound", "waveform")).path("seconds").asDouble();
      assertEquals(44 + 2 * Math.round(seconds * 16_000), all.length);

      HttpResponse<byte[]> part =
          client.send(client.request(path).header("Range", "bytes=1000-1999"));
      assertEquals(206, part.statusCode());
      assertArrayEquals(Arrays.copyOfRange(all, 1000, 2000), part.body());
      assertEquals(
          "bytes 1000-1999/" + all.length,
          part.headers().firstValue("Content-Range").orElseThrow());
      HttpResponse<byte[]> rest =
          client.send(client.request(path).header("Range", "bytes=" + (all.length - 10) + "-"));
      assertArrayEquals(Arrays.copyOfRange(all, all.length - 10, all.length), rest.body());
      assertEquals(
          416,
          client
              .send(client.request(path).header("Range", "bytes=" + all.length + "-"))
              .statusCode());
    }
  }

  @Test
  void theWaveformIsLoudWhereTheSoundIs() throws Exception {
    JsonNode silent = client.get("/api/waveform?segment=0&from=0&to=0.5&parts=4");
    JsonNode speech = client.get("/api/waveform?segment=0&from=1&to=5&parts=4");
    for (int part = 0; part < 4; part++) {
      assertTrue(
          speech.path("outline").get(part).asInt() > silent.path("outline").get(0).asInt() + 20,
          speech + " after " + silent);
    }
    assertTrue(
        client.error(client.request("/api/waveform?segment=0&from=3&to=2")).startsWith("400: "));
  }

  @Test
  void recordingsOutsideTheAllowedRootsHaveNoSound() throws Exception {
    Path results = SampleResults.copyTo(folder.resolve("rooted"));
    try (OpenReview rooted = new OpenReview(results, AllowedRoots.of(List.of(folder.toString())))) {
      ReviewClient asking = rooted.client();
      String refused = asking.error(asking.request(SOUND));
      assertTrue(refused.startsWith("404: "), refused);
      assertTrue(refused.contains("--allowed-roots"), refused);
    }
    try (OpenReview rooted =
        new OpenReview(results, AllowedRoots.of(List.of(SampleResults.recordings().toString())))) {
      assertEquals(200, rooted.client().send(rooted.client().request(SOUND)).statusCode());
    }
  }

  @Test
  void movedRecordingsLackTheirSoundOnly() throws Exception {
    Path results = SampleResults.copyOfMoved(folder.resolve("moved"));
    try (OpenReview moved = new OpenReview(results, AllowedRoots.everywhere())) {
      ReviewClient asking = moved.client();
      String missing = asking.error(asking.request(SOUND));
      assertTrue(missing.startsWith("404: "), missing);
      assertTrue(
          missing.contains(
              "/moved/away/conversation.ogg': The file cannot be opened: it does not exist"),
          missing);
      assertEquals(client.get("/api/info").path("count"), asking.get("/api/info").path("count"));
    }
  }

  @Test
  void wrongParametersAreNamed() throws Exception {
    for (String[] wrong :
        new String[][] {
          {"order=best", "'best' is no value of 'order'"},
          {"min_confidence=high", "'high' is no value of 'min_confidence'"},
          {"answered=maybe", "'maybe' is no value of 'answered'"},
          {"size=1000", "'size' is 1000, but must be 1 to 200"},
          {"after=somewhere", "'somewhere' is no place in a list"},
          {"metadata.town=Oslo", "The metadata have no key 'town'"}
        }) {
      String error = client.error(client.request("/api/segments?" + wrong[0]));
      assertTrue(error.startsWith("400: ") && error.contains(wrong[1]), error);
    }
  }

  @Test
  void textIsNeverTakenForAQuery() throws Exception {
    String text = "x' OR '1'='1".replace(" ", "%20");
    assertEquals(0, client.get("/api/count?emotion=" + text).path("count").asInt());
    assertEquals(0, client.get("/api/count?recording=" + text).path("count").asInt());
    assertEquals(0, client.get("/api/count?metadata.speaker=" + text).path("count").asInt());
  }
}
