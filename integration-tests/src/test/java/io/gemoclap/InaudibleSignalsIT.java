package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.DecodeException;
import io.gemoclap.audio.FloatWav;
import io.gemoclap.audio.Golden;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.RecordingCoder;
import io.gemoclap.audio.Segmenter;
import io.gemoclap.embed.LocalBundles;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What nobody hears changes no label: every sample recording, with and without it. */
@ExtendWith(TestPipelineExtension.class)
final class InaudibleSignalsIT {
  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();
  private static final int RATE = 16_000;
  private static final String CLEAN = "clean";

  /** Signals to add, as functions of time in seconds. */
  private enum Inaudible {
    OFFSET_HALF_PERCENT(t -> 0.005, 1e-4),
    OFFSET_MINUS_2_PERCENT(t -> -0.02, 1e-4),
    OFFSET_10_PERCENT(t -> 0.1, 1e-4),
    DRIFT(t -> 0.05 - 0.02 * t, 1e-3),
    SLOW_WAVE(t -> 0.2 * Math.sin(2 * Math.PI * 0.3 * t), 0.05),
    RUMBLE_5_HZ(t -> 0.1414 * Math.sin(2 * Math.PI * 5 * t), 0.05),
    RUMBLE_8_HZ(t -> 0.05 * Math.cos(2 * Math.PI * 8 * t), 0.05);

    private final DoubleUnaryOperator signal;
    private final double tolerance;

    Inaudible(DoubleUnaryOperator signal, double tolerance) {
      this.signal = signal;
      this.tolerance = tolerance;
    }

    private float[] addTo(float[] samples) {
      float[] sum = new float[samples.length];
      for (int i = 0; i < sum.length; i++) {
        sum[i] = (float) (samples[i] + signal.applyAsDouble((double) i / RATE));
      }
      return sum;
    }
  }

  @TempDir private Path folder;

  private static List<Recording> recordings() throws IOException, DecodeException {
    List<Recording> recordings = new ArrayList<>();
    try (Stream<Path> files = Files.list(SAMPLES)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        float[] samples = Golden.decode(file).samples();
        String name = file.getFileName() + " ";
        recordings.add(Recording.bytes(name + CLEAN, FloatWav.of(RATE, samples)));
        for (Inaudible each : Inaudible.values()) {
          recordings.add(Recording.bytes(name + each, FloatWav.of(RATE, each.addTo(samples))));
        }
      }
    }
    return recordings;
  }

  private Map<String, JsonNode> annotate(TestPipeline pipeline, Segmenter segmenter)
      throws IOException, DecodeException {
    pipeline
        .apply(Create.of(recordings()).withCoder(RecordingCoder.of()))
        .apply(
            AnnotateSpeech.with(LocalBundles.BUNDLED)
                .decodingWith(DecodeAudio.recordings().withSegmenter(segmenter)))
        .toTuple()
        .apply(WriteAnnotations.to(folder.toString()));
    pipeline.run().waitUntilFinish();
    Map<String, JsonNode> rows = new TreeMap<>();
    for (JsonNode row : Written.jsonLines(folder, "annotations")) {
      rows.put(row.get("segment_id").asText(), row);
    }
    return rows;
  }

  @Test
  void changesNeitherLabelNorScores(TestPipeline pipeline) throws IOException, DecodeException {
    Map<String, JsonNode> rows = annotate(pipeline, Segmenter.whole());
    assertEquals(15 * (1 + Inaudible.values().length), rows.size());
    for (Inaudible each : Inaudible.values()) {
      rows.forEach(
          (id, row) -> {
            if (id.contains(" " + each + "#")) {
              assertSame(rows.get(id.replace(each.toString(), CLEAN)), row, each.tolerance);
            }
          });
    }
  }

  @Test
  void changesNoPlaceOfSpeech(TestPipeline pipeline) throws IOException, DecodeException {
    Map<String, JsonNode> rows = annotate(pipeline, Segmenter.voiceActivity());
    List<String> clean = rows.keySet().stream().filter(id -> id.contains(CLEAN)).toList();
    assertTrue(clean.size() >= 15);
    for (Inaudible each : Inaudible.values()) {
      assertEquals(
          clean.stream().map(id -> id.replace(CLEAN, each.toString())).sorted().toList(),
          rows.keySet().stream().filter(id -> id.contains(" " + each + "#")).sorted().toList());
    }
  }

  private static void assertSame(JsonNode clean, JsonNode row, double tolerance) {
    String id = row.get("segment_id").asText();
    assertEquals(clean.get("emotion"), row.get("emotion"), id);
    assertEquals(clean.get("gender"), row.get("gender"), id);
    Iterator<String> labels = clean.get("scores").fieldNames();
    while (labels.hasNext()) {
      String label = labels.next();
      double wanted = clean.get("scores").get(label).asDouble();
      assertEquals(wanted, row.get("scores").get(label).asDouble(), tolerance, id + " " + label);
    }
  }
}
