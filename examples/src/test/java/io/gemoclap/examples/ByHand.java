package io.gemoclap.examples;

import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.GroupStatistics;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.SharedModels;
import io.gemoclap.model.SpeechModel;
import io.gemoclap.model.SpeechParts;
import io.gemoclap.score.PromptTemplates;
import io.gemoclap.score.ZeroShotClassifier;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Scores one file without Beam, with the classes that the transforms use. */
final class ByHand {
  private ByHand() {}

  /** The probability of each of the bundled model's emotions. */
  static Map<String, Double> score(Path file) throws IOException, DecodeException {
    try (SharedModels.Lease lease = SharedModels.acquire(Bundles.open(Bundles.BUNDLED), false)) {
      SpeechModel model = lease.model();
      ModelManifest manifest = model.manifest();
      float[] samples = decode(file, manifest.featureSpec().sampleRate());
      FeatureMatrix raw = manifest.featureSpec().extractor().extract(samples);
      // The segment is all that is known of its archive and of its recording.
      GroupStatistics all = GroupStatistics.of(raw);
      FeatureMatrix features =
          manifest.normalization().normalizer().withArchive(all).normalize(raw, all);
      double distance =
          Bundles.open(Bundles.BUNDLED).familiarity().orElseThrow().distance(features);
      float[] vector =
          SpeechParts.emotion(model.embedSpeech(List.of(features))[0], manifest.dims());
      PromptTemplates templates = new PromptTemplates(manifest.templates());
      double scale = manifest.logitScaleAudio() / manifest.temperature(distance);
      List<List<String>> prompts = manifest.labels().stream().map(templates::expand).toList();
      double[] p = ZeroShotClassifier.of(prompts, model::embedText, scale).probabilities(vector);
      Map<String, Double> scores = new LinkedHashMap<>();
      for (int i = 0; i < p.length; i++) {
        scores.put(manifest.labels().get(i), p[i]);
      }
      return scores;
    }
  }

  /** The bundled model's unit vector of a sentence. */
  static float[] text(String sentence) throws IOException {
    try (SharedModels.Lease lease = SharedModels.acquire(Bundles.open(Bundles.BUNDLED), false)) {
      return lease.model().embedText(List.of(sentence))[0];
    }
  }

  private static float[] decode(Path file, int rate) throws IOException, DecodeException {
    Samples sink = new Samples();
    try (FileChannel encoded = FileChannel.open(file)) {
      new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, rate)
          .decode(encoded, file.toString(), sink);
    }
    return sink.samples;
  }

  private static final class Samples implements SampleSink {
    private float[] samples = new float[0];

    @Override
    public void begin(int channels) {}

    @Override
    public void accept(int channel, float[] block, int length) {
      int end = samples.length;
      samples = Arrays.copyOf(samples, end + length);
      System.arraycopy(block, 0, samples, end, length);
    }
  }
}
