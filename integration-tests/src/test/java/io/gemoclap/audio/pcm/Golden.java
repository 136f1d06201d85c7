package io.gemoclap.audio.pcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.failure.FailureKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/** What the oracle says of a folder of recordings; oracle/README.md tells how it was made. */
public final class Golden {
  /** Decoders of the same format differ by this much, as some do not cut off encoder delays. */
  private static final double LENGTH_TOLERANCE_SECONDS = 0.045;

  private static final double CORRELATION = 0.99;

  private Golden() {}

  /** Asserts that a file decodes as its entry says, or fails with its kind in {@code broken}. */
  public static void check(Path file, JsonNode golden, Map<String, FailureKind> broken)
      throws IOException, DecodeException {
    String name = file.getFileName().toString();
    if (!golden.has("seconds")) {
      DecodeException thrown = assertThrows(DecodeException.class, () -> decode(file));
      assertEquals(broken.get(name), thrown.kind(), thrown.getMessage());
      return;
    }
    Collected decoded = decode(file);
    double seconds = decoded.samples().length / 16_000.0;
    double correlation = correlation(decoded.samples(), golden);
    assertEquals(golden.get("seconds").asDouble(), seconds, LENGTH_TOLERANCE_SECONDS);
    assertTrue(correlation >= CORRELATION, "correlation " + correlation);
    assertEquals(golden.get("channels").asInt(), decoded.report.channels());
    assertEquals(golden.get("rate").asInt(), decoded.report.sourceRate());
    assertEquals(golden.path("non_finite").asInt(0), decoded.report.nonFiniteSamples());
  }

  /** The entries of a golden file, by file name. */
  public static Map<String, JsonNode> read(String name) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
      byte[] bytes = in.readAllBytes();
      JsonNode files = new ObjectMapper().readTree(new ByteArrayInputStream(bytes)).get("files");
      Map<String, JsonNode> entries = new TreeMap<>();
      files.fields().forEachRemaining(entry -> entries.put(entry.getKey(), entry.getValue()));
      return entries;
    }
  }

  /** Decodes a file to 16 kHz mono as other decoders do, with its offset and rumble. */
  public static Collected decode(Path file) throws IOException, DecodeException {
    AudioDecoder decoder =
        AudioDecoder.unfiltered(DecoderLimits.defaults(), ChannelMode.MIX, 16_000);
    Collected collected = new Collected();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      collected.report = decoder.decode(channel, file.getFileName().toString(), collected);
      return collected;
    }
  }

  /** Correlation of samples with the golden values at the golden positions. */
  static double correlation(float[] samples, JsonNode entry) {
    JsonNode at = entry.get("at");
    JsonNode values = entry.get("v");
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < at.size(); i++) {
      int index = at.get(i).asInt();
      double x = index < samples.length ? samples[index] : 0;
      double y = values.get(i).asInt() * 1e-5;
      xy += x * y;
      xx += x * x;
      yy += y * y;
    }
    return xx == 0 && yy == 0 ? 1 : xy / Math.sqrt(xx * yy);
  }
}
