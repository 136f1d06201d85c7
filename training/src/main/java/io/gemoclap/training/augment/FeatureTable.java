package io.gemoclap.training.augment;

import io.gemoclap.audio.DecodeException;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Features of every utterance: as recorded, and of some perturbed copies. Immutable. */
public final class FeatureTable {
  private final Map<String, List<FeatureMatrix>> versions;

  private FeatureTable(Map<String, List<FeatureMatrix>> versions) {
    this.versions = versions;
  }

  /**
   * Computes all features once, on all processors.
   *
   * @param copies perturbed copies of each utterance
   * @param seed decides all perturbations, independently of the number of processors
   * @param progress is told how many utterances are done
   * @throws IOException naming the first utterance that cannot be decoded
   */
  public static FeatureTable compute(
      Corpus corpus, FeatureSpec spec, int copies, long seed, IntConsumer progress)
      throws IOException {
    List<Utterance> utterances = corpus.utterances();
    List<List<FeatureMatrix>> rows = new ArrayList<>();
    utterances.forEach(utterance -> rows.add(new ArrayList<>()));
    AtomicInteger done = new AtomicInteger();
    try {
      IntStream.range(0, utterances.size())
          .parallel()
          .forEach(
              i -> {
                rows.get(i).addAll(versions(utterances.get(i), spec, copies, seed + i));
                progress.accept(done.incrementAndGet());
              });
    } catch (UnusableUtteranceException e) {
      throw new IOException(e.getMessage(), e.getCause());
    }
    Map<String, List<FeatureMatrix>> versions = new LinkedHashMap<>();
    for (int i = 0; i < utterances.size(); i++) {
      versions.put(utterances.get(i).id(), List.copyOf(rows.get(i)));
    }
    return new FeatureTable(versions);
  }

  private static List<FeatureMatrix> versions(
      Utterance utterance, FeatureSpec spec, int copies, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<FeatureMatrix> versions = new ArrayList<>();
    try {
      versions.add(Perturbation.none(spec).extract(utterance, spec));
      for (int copy = 0; copy < copies; copy++) {
        Perturbation perturbation = Perturbation.draw(spec, utterance.gender(), random);
        versions.add(perturbation.extract(utterance, spec));
      }
    } catch (IOException | DecodeException | IllegalArgumentException e) {
      throw new UnusableUtteranceException(utterance.uri() + ": " + e.getMessage(), e);
    }
    return versions;
  }

  private static final class UnusableUtteranceException extends RuntimeException {
    UnusableUtteranceException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The utterance as recorded. */
  public FeatureMatrix clean(Utterance utterance) {
    return versions(utterance).get(0);
  }

  /** The utterance as recorded, then its perturbed copies. */
  public List<FeatureMatrix> versions(Utterance utterance) {
    return versions.get(utterance.id());
  }
}
