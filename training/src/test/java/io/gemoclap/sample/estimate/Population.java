package io.gemoclap.sample.estimate;

import io.gemoclap.sample.Part;
import io.gemoclap.sample.SampledSegment;
import io.gemoclap.sample.Strata;
import io.gemoclap.sample.Stratum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** An archive of which the truth about every segment is known, and samples of it. */
final class Population {
  /** What the model says of segments of each truth: mostly, but not always, the truth. */
  private static final Map<String, List<String>> SAID =
      Map.of(
          "anger",
          List.of("anger", "anger", "anger", "joy"),
          "fear",
          List.of("fear", "sadness", "fear", "anger", "neutral"),
          "joy",
          List.of("joy", "anger", "joy"),
          "neutral",
          List.of("neutral", "neutral", "neutral", "sadness", "joy"),
          "sadness",
          List.of("sadness", "neutral"),
          Truth.NOT_SPEECH,
          List.of("neutral", "fear"));

  private static final List<String> TRUTHS =
      List.of("anger", "fear", "joy", "neutral", "neutral", "neutral", "sadness", "not_speech");

  private final List<Truth> segments = new ArrayList<>();
  private final TreeMap<String, List<Truth>> byStratum = new TreeMap<>();

  /** Segments of different length and confidence; some labels are rare. */
  Population(int size, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < size; i++) {
      // The first truths of the list are rare.
      String truth = TRUTHS.get((int) (TRUTHS.size() * Math.sqrt(random.nextDouble())));
      List<String> words = SAID.get(truth);
      String said = words.get(random.nextInt(words.size()));
      double seconds = 0.5 + 6 * random.nextDouble() * random.nextDouble();
      Truth segment = new Truth(segment(i, said, seconds, random.nextInt(3) == 0), said, truth);
      segments.add(segment);
      byStratum.computeIfAbsent(said, s -> new ArrayList<>()).add(segment);
    }
  }

  private static SampledSegment segment(int i, String said, double seconds, boolean abstained) {
    return new SampledSegment(
        "s" + i, "r", 0, 0, seconds, said, 0.5, abstained, Part.RANDOM, said, 0, 0, "m", "l");
  }

  List<Truth> segments() {
    return segments;
  }

  /** Draws a stratified sample; some people do not answer. */
  AnsweredSample sample(int n, double answering, Random random) {
    TreeMap<String, Long> sizes = new TreeMap<>();
    byStratum.forEach((name, of) -> sizes.put(name, (long) of.size()));
    List<AnsweredSample.Stratum> strata = new ArrayList<>();
    for (Stratum stratum : Strata.plan(sizes, n).list()) {
      List<Truth> drawn = new ArrayList<>(byStratum.get(stratum.name()));
      Collections.shuffle(drawn, random);
      List<Truth> answered = new ArrayList<>();
      for (Truth truth : drawn.subList(0, stratum.sample())) {
        if (random.nextDouble() < answering) {
          answered.add(truth);
        }
      }
      strata.add(
          new AnsweredSample.Stratum(stratum.name(), stratum.size(), stratum.sample(), answered));
    }
    return AnsweredSample.of(strata);
  }
}
