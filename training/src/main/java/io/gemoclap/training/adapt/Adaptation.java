package io.gemoclap.training.adapt;

import io.gemoclap.features.ReferenceClip;
import io.gemoclap.model.BundleWriter;
import io.gemoclap.model.ConfidenceSpec;
import io.gemoclap.model.Exemplars;
import io.gemoclap.model.Exemplars.Exemplar;
import io.gemoclap.model.Familiarity;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.training.evaluate.Calibration.Item;
import io.gemoclap.training.evaluate.ConfidenceFit;
import io.gemoclap.training.evaluate.ConfidenceFit.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Adapts one bundle to labelled clips: judges it by cross-validation, and writes the adapted
 * bundle. Beam-free; one at a time in a process, since DJL allows one gradient collector.
 */
public final class Adaptation implements AutoCloseable {
  private final ModelBundle parent;
  private final AdaptedLabels labels;
  private final List<Exemplar> exemplars;
  private final @Nullable Familiarity familiarity;
  private final AdaptSettings settings;
  private final TowerLearner learner;

  /**
   * Loads the parent.
   *
   * @param labels of the adapted model
   */
  public Adaptation(ModelBundle parent, AdaptedLabels labels, AdaptSettings settings)
      throws IOException {
    this.parent = parent;
    this.labels = labels;
    this.settings = settings;
    familiarity = parent.familiarity().orElse(null);
    exemplars = exemplars(parent, labels);
    learner = new TowerLearner(parent, labels.labels(), exemplars, settings);
  }

  /** The parent's exemplars that have one of the labels, worded as it is. */
  private static List<Exemplar> exemplars(ModelBundle parent, AdaptedLabels labels)
      throws IOException {
    List<Exemplar> kept = new ArrayList<>();
    Optional<Exemplars> all = parent.exemplars();
    if (all.isPresent()) {
      for (Exemplar each : all.get().all()) {
        labels.of(each.label()).ifPresent(word -> kept.add(new Exemplar(each.features(), word)));
      }
    }
    return kept;
  }

  /** How many examples of the parent's training data are repeated; 0 if it keeps none. */
  public int exemplars() {
    return exemplars.size();
  }

  /** How many clips the parent was adapted to already: it knows them. */
  public int known(List<Clip> clips) {
    Set<Exemplar> all = new HashSet<>(exemplars);
    return (int) clips.stream().filter(clip -> all.contains(exemplar(clip))).count();
  }

  private static Exemplar exemplar(Clip clip) {
    return new Exemplar(clip.features(), clip.label());
  }

  /**
   * Judges by cross-validation over groups, in at most five parts.
   *
   * @param clips at least one
   */
  public Judgement judge(List<Clip> clips) {
    ConfidenceFit before = confidence();
    if (clips.stream().map(Clip::group).distinct().count() < 2) {
      return new Judgement(0, null, before.temperature(), before.temperature());
    }
    double[] distances = clips.stream().mapToDouble(this::logDistance).toArray();
    return HeldOutClips.of(learner, labels.labels(), clips, distances).judge(before);
  }

  /** The parent's temperature, and how it grows with the distance. */
  private ConfidenceFit confidence() {
    ModelManifest manifest = parent.manifest();
    ConfidenceSpec spec = manifest.confidence();
    return new ConfidenceFit(manifest.temperature(), spec == null ? 0 : spec.distanceExponent());
  }

  private double logDistance(Clip clip) {
    return ConfidenceSpec.logDistance(
        familiarity == null ? Familiarity.UNKNOWN : familiarity.distance(clip.features()));
  }

  /** The temperature of the parent. */
  double parentTemperature() {
    return confidence().temperature();
  }

  /**
   * Scores the parent, or a model that is adapted to clips, on other clips.
   *
   * @param clips to adapt to; none for the parent
   * @param temperature the model's
   * @param others what is judged
   */
  Scores score(List<Clip> clips, double temperature, List<Clip> others) {
    if (clips.isEmpty()) {
      learner.reset();
    } else {
      learner.fit(clips);
    }
    return scoreAgain(temperature, others);
  }

  /** Scores the model of the last {@link #score}. */
  Scores scoreAgain(double temperature, List<Clip> others) {
    double[][] logits = learner.logits(others.stream().map(Clip::features).toList());
    ConfidenceFit fit = new ConfidenceFit(temperature, confidence().exponent());
    int[] truths = new int[logits.length];
    double[][] probabilities = new double[logits.length][];
    for (int i = 0; i < logits.length; i++) {
      truths[i] = labels.labels().indexOf(others.get(i).label());
      probabilities[i] =
          fit.probabilities(new Sample(new Item(logits[i], truths[i]), logDistance(others.get(i))));
    }
    return Scores.of(labels.labels(), truths, probabilities);
  }

  /**
   * Adapts to all clips, and writes the bundle.
   *
   * @param folder empty or absent
   * @return the bundle, opened and self-checked
   */
  public ModelBundle write(Path folder, List<Clip> clips, Judgement judgement) throws IOException {
    learner.fit(clips);
    return write(folder, clips, judgement, true, judgement.temperature());
  }

  /**
   * Writes a bundle with the parent's weights and the temperature that fits the clips.
   *
   * @param folder empty or absent
   * @return the bundle, opened and self-checked
   */
  public ModelBundle writeConfidence(Path folder, List<Clip> clips, Judgement judgement)
      throws IOException {
    learner.reset();
    return write(folder, clips, judgement, false, judgement.parentTemperature());
  }

  private ModelBundle write(
      Path folder, List<Clip> clips, Judgement judgement, boolean adapted, double temperature)
      throws IOException {
    ModelManifest of = parent.manifest();
    Provenance provenance =
        new Provenance(
            parent, labels.labels(), clips, exemplars.size(), settings, judgement, adapted);
    ModelManifest manifest =
        of.toBuilder()
            .setLabels(labels.labels())
            .setTemperature(temperature)
            .setProvenance(provenance.json())
            .build();
    ModelBundle bundle =
        BundleWriter.write(
            folder,
            learner.towers(),
            parent,
            manifest,
            ReferenceClip.features(of.featureSpec(), of.normalization(), 1),
            provenance.card());
    return BundleWriter.add(bundle, familiarity, kept(adapted ? clips : List.of()));
  }

  /** What the bundle repeats when it is adapted again; null if its features are frames. */
  private @Nullable Exemplars kept(List<Clip> clips) {
    List<Exemplar> kept =
        Stream.concat(exemplars.stream(), clips.stream().map(Adaptation::exemplar))
            .distinct()
            .toList();
    return kept.isEmpty() || !parent.manifest().featureSpec().functionals()
        ? null
        : new Exemplars(kept);
  }

  @Override
  public void close() {
    learner.close();
  }
}
