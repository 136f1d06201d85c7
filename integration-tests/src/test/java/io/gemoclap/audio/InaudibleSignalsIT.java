package io.gemoclap.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.AnnotateSpeech;
import io.gemoclap.Written;
import io.gemoclap.bundle.Bundles;
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

  private static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files.sorted().toList();
    }
  }

  /** Every third sample, clean and with each signal: a pipeline for all takes a minute. */
  private static List<Recording> recordings() throws IOException, DecodeException {
    List<Recording> recordings = new ArrayList<>();
    for (int i = 1; i < samples().size(); i += 3) {
      float[] samples = Golden.decode(samples().get(i)).samples();
      String name = samples().get(i).getFileName() + " ";
      recordings.add(Recording.bytes(name + CLEAN, FloatWav.of(RATE, samples)));
      for (Inaudible each : Inaudible.values()) {
        recordings.add(Recording.bytes(name + each, FloatWav.of(RATE, each.addTo(samples))));
      }
    }
    return recordings;
  }

  @Test
  void changesNeitherLabelNorScores(TestPipeline pipeline) throws IOException, DecodeException {
    List<Recording> recordings = recordings();
    pipeline
        .apply(Create.of(recordings).withCoder(RecordingCoder.of()))
        .apply(
            AnnotateSpeech.with(Bundles.BUNDLED)
                .decodingWith(DecodeAudio.recordings().withSegmenter(Segmenter.whole())))
        .toTuple()
        .apply(WriteAnnotations.to(folder.toString()));
    pipeline.run().waitUntilFinish();
    Map<String, JsonNode> rows = new TreeMap<>();
    for (JsonNode row : Written.jsonLines(folder, "annotations")) {
      rows.put(row.get("recording").asText(), row);
    }
    assertEquals(recordings.size(), rows.size());
    for (Inaudible each : Inaudible.values()) {
      rows.forEach(
          (id, row) -> {
            if (id.endsWith(" " + each)) {
              assertSame(rows.get(id.replace(each.toString(), CLEAN)), row, each.tolerance);
            }
          });
    }
  }

  @Test
  void changesNoPlaceOfSpeech() throws IOException, DecodeException {
    int found = 0;
    for (Path file : samples()) {
      float[] samples = Golden.decode(file).samples();
      List<Long> clean = speech(samples);
      found += clean.size();
      for (Inaudible each : Inaudible.values()) {
        assertEquals(clean, speech(each.addTo(samples)), file + " " + each);
      }
    }
    assertTrue(found >= 30, found + " starts and ends");
  }

  /** Starts and ends of the stretches of speech, in tens of milliseconds. */
  private static List<Long> speech(float[] samples) throws DecodeException {
    List<Long> places = new ArrayList<>();
    Segmenter.Session session = Segmenter.voiceActivity().open(RATE, List.of());
    Segmenter.Out out =
        new Segmenter.Out() {
          @Override
          public void emit(long start, float[] segment) {
            places.add(start * 100 / RATE);
            places.add((start + segment.length) * 100 / RATE);
          }

          @Override
          public void missed(Span span, String reason) {}
        };
    SampleSink sink =
        new SampleSink() {
          @Override
          public void begin(int channels) {}

          @Override
          public void accept(int channel, float[] block, int length) throws DecodeException {
            session.accept(block, length, out);
          }
        };
    try (AudioDecoder decoder = new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, RATE)) {
      decoder.decode(EncodedBytes.of(FloatWav.of(RATE, samples)), "", sink);
    }
    session.finish(out);
    return places;
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
