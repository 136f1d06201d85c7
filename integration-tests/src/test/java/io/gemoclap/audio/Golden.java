package io.gemoclap.audio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/** What the oracle says of a folder of recordings; oracle/README.md tells how it was made. */
final class Golden {
  private Golden() {}

  /** The entries of a golden file, by file name. */
  static Map<String, JsonNode> read(String name) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
      byte[] bytes = in.readAllBytes();
      JsonNode files = new ObjectMapper().readTree(new ByteArrayInputStream(bytes)).get("files");
      Map<String, JsonNode> entries = new TreeMap<>();
      files.fields().forEachRemaining(entry -> entries.put(entry.getKey(), entry.getValue()));
      return entries;
    }
  }

  /** Decodes a file to 16 kHz mono. */
  static Decoded decode(Path file) throws IOException, DecodeException {
    AudioDecoder decoder = new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, 16_000);
    Collected collected = new Collected();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      DecodeReport report = decoder.decode(channel, file.getFileName().toString(), collected);
      return new Decoded(report, collected.samples());
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

  record Decoded(DecodeReport report, float[] samples) {}
}
