package io.gemoclap.training.degrade;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gemoclap.Exhaustive;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.Golden;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureNormalizer;
import io.gemoclap.features.GroupStatistics;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.model.GEmoClap;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.model.SpeechParts;
import io.gemoclap.score.PromptTemplates;
import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.training.augment.Copy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How far the labels of the bundled model hold on degraded recordings of EmoDB. The model was
 * trained on these voices; {@code consistency.csv} of a run has the figures of unknown ones.
 */
final class BundledConsistencyIT {
  private static final int EACH = 8;

  /** What the bundled model reached when this test was written, less four points. */
  private static final double LEAST_MILD = 0.95;

  private static final double LEAST_HARSH = 0.88;

  private static final Path FOLDER =
      Path.of(System.getenv().getOrDefault("GEMOCLAP_DATA", "../shared/data"), "emodb", "audio");

  private static List<Path> clips() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<Path> all = files.sorted().toList();
      List<Path> some = new ArrayList<>();
      for (int i = 0; i < all.size(); i += EACH) {
        some.add(all.get(i));
      }
      return some;
    }
  }

  /** Labels of clips that were degraded alike, with their archive where the bundle knows one. */
  private static int[] labels(GEmoClap model, ZeroShotClassifier labels, List<FeatureMatrix> raw) {
    NormalizationSpec spec = model.manifest().normalization();
    GroupStatistics archive =
        raw.stream().map(GroupStatistics::of).reduce(GroupStatistics.none(), GroupStatistics::plus);
    FeatureNormalizer normalizer = spec == null ? null : spec.normalizer().withArchive(archive);
    List<FeatureMatrix> clips =
        raw.stream()
            .map(
                clip ->
                    normalizer == null ? clip : normalizer.normalize(clip, GroupStatistics.none()))
            .toList();
    float[][] vectors = model.embedSpeech(clips);
    int[] top = new int[vectors.length];
    for (int i = 0; i < top.length; i++) {
      top[i] =
          ZeroShotClassifier.top(
              labels.cosines(SpeechParts.emotion(vectors[i], model.manifest().dims())));
    }
    return top;
  }

  private static List<FeatureMatrix> features(
      ModelManifest manifest, List<float[]> samples, List<String> ids, Degradation degradation) {
    List<FeatureMatrix> all = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      Copy copy =
          degradation == null
              ? Copy.clean(manifest.featureSpec())
              : Copy.degraded(manifest.featureSpec(), degradation, 77, ids.get(i));
      all.add(copy.extract(samples.get(i), manifest.featureSpec()));
    }
    return all;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @Exhaustive
  @Test
  void labelsHoldOnDegradedRecordings() throws IOException, DecodeException {
    assumeTrue(Files.isDirectory(FOLDER), "no folder " + FOLDER + " (set GEMOCLAP_DATA)");
    List<float[]> samples = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (Path clip : clips()) {
      samples.add(Golden.decode(clip).samples());
      ids.add(clip.getFileName().toString());
    }
    ModelBundle bundle = Bundles.open(Bundles.BUNDLED);
    Map<Severity, List<Double>> held = new EnumMap<>(Severity.class);
    try (GEmoClap model = GEmoClap.load(bundle)) {
      ModelManifest manifest = model.manifest();
      PromptTemplates templates = new PromptTemplates(manifest.templates());
      ZeroShotClassifier classifier =
          ZeroShotClassifier.of(
              manifest.labels().stream().map(templates::expand).toList(), model::embedText, 1);
      int[] clean = labels(model, classifier, features(manifest, samples, ids, null));
      for (Degradation degradation : Degradation.values()) {
        int[] after = labels(model, classifier, features(manifest, samples, ids, degradation));
        int same = 0;
        for (int i = 0; i < clean.length; i++) {
          same += clean[i] == after[i] ? 1 : 0;
        }
        System.out.println(degradation.id() + ": " + same + " of " + clean.length);
        held.computeIfAbsent(degradation.severity(), severity -> new ArrayList<>())
            .add((double) same / clean.length);
      }
    }
    double mild = mean(held.get(Severity.MILD));
    double harsh = mean(held.get(Severity.HARSH));
    System.out.println("mild " + mild + ", harsh " + harsh);
    assertTrue(mild >= LEAST_MILD, "mild: " + mild);
    assertTrue(harsh >= LEAST_HARSH, "harsh: " + harsh);
  }
}
