package io.gemoclap.audio.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.EncodedBytes;
import io.gemoclap.audio.FloatWav;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Collected;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.Golden;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.features.FeatureExtractor;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureNormalizer;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.SharedModels;
import io.gemoclap.model.SpeechModel;
import io.gemoclap.model.SpeechParts;
import io.gemoclap.score.PromptTemplates;
import io.gemoclap.score.ZeroShotClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What nobody hears changes no label: every sample recording, with and without it. */
final class InaudibleSignalsIT {
  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();
  private static final int RATE = 16_000;

  /** Signals to add, as functions of time in seconds. */
  private enum Inaudible {
    OFFSET_HALF_PERCENT(t -> 0.005, 1e-4),
    OFFSET_MINUS_2_PERCENT(t -> -0.02, 1e-4),
    OFFSET_10_PERCENT(t -> 0.1, 1e-4),
    DRIFT(t -> 0.05 - 0.02 * t, 1e-3),
    SLOW_WAVE(t -> 0.2 * Math.sin(2 * Math.PI * 0.3 * t), 0.15),
    RUMBLE_5_HZ(t -> 0.1414 * Math.sin(2 * Math.PI * 5 * t), 0.15);

    @SuppressWarnings("ImmutableEnumChecker") // Every signal is a function without state.
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

  private static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files.sorted().toList();
    }
  }

  @Test
  void changesNeitherLabelNorScores() throws IOException, DecodeException {
    try (SharedModels.Lease lease = SharedModels.acquire(Bundles.open(Bundles.BUNDLED), false)) {
      SpeechModel model = lease.model();
      ModelManifest manifest = model.manifest();
      FeatureExtractor features = manifest.featureSpec().extractor();
      PromptTemplates templates = new PromptTemplates(manifest.templates());
      ZeroShotClassifier classifier =
          ZeroShotClassifier.of(
              manifest.labels().stream().map(templates::expand).toList(),
              model::embedText,
              manifest.logitScaleAudio() / manifest.temperature());
      for (Path file : samples()) {
        List<FeatureMatrix> signals = new ArrayList<>();
        float[] samples = Golden.decode(file).samples();
        signals.add(features.extract(decode(samples)));
        for (Inaudible each : Inaudible.values()) {
          signals.add(features.extract(decode(each.addTo(samples))));
        }
        signals.replaceAll(each -> FeatureNormalizer.alone(manifest.normalization(), each));
        List<float[]> vectors =
            Arrays.stream(model.embedSpeech(signals))
                .map(vector -> SpeechParts.emotion(vector, manifest.dims()))
                .toList();
        double[] clean = classifier.probabilities(vectors.get(0));
        int next = 1;
        for (Inaudible each : Inaudible.values()) {
          double[] scores = classifier.probabilities(vectors.get(next++));
          assertArrayEquals(clean, scores, each.tolerance, file + " " + each);
          assertEquals(largest(clean), largest(scores), file + " " + each);
        }
      }
    }
  }

  private static int largest(double[] scores) {
    int largest = 0;
    for (int i = 1; i < scores.length; i++) {
      largest = scores[i] > scores[largest] ? i : largest;
    }
    return largest;
  }

  private static float[] decode(float[] recording) throws DecodeException {
    Collected collected = new Collected();
    try (AudioDecoder decoder = new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, RATE)) {
      decoder.decode(EncodedBytes.of(FloatWav.of(RATE, recording)), "", collected);
    }
    return collected.samples();
  }

  @Test
  void changesNoPlaceOfSpeech() throws IOException, DecodeException {
    int found = 0;
    for (Path file : samples()) {
      float[] samples = Golden.decode(file).samples();
      List<Long> clean = speech(samples);
      found += clean.size();
      for (Inaudible each : Inaudible.values()) {
        List<Long> places = speech(each.addTo(samples));
        if (each.tolerance < 0.01) {
          assertEquals(clean, places, file + " " + each);
        } else {
          // What is left of rumble may move a threshold by half a decibel, and split at a pause.
          assertEquals((double) length(clean), (double) length(places), 30.0, file + " " + each);
        }
      }
    }
    assertTrue(found >= 30, found + " starts and ends");
  }

  private static long length(List<Long> places) {
    long length = 0;
    for (int i = 0; i < places.size(); i += 2) {
      length += places.get(i + 1) - places.get(i);
    }
    return length;
  }

  /** Starts and ends of the stretches of speech, in tens of milliseconds. */
  private static List<Long> speech(float[] recording) throws DecodeException {
    List<Long> places = new ArrayList<>();
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
    float[] samples = decode(recording);
    Segmenter.Session session = Segmenter.voiceActivity().open(RATE, List.of());
    session.accept(samples, samples.length, out);
    session.finish(out);
    return places;
  }
}
