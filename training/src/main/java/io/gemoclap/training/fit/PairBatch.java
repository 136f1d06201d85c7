package io.gemoclap.training.fit;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.training.augment.SpecAugment;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import io.gemoclap.training.example.Example;
import io.gemoclap.training.prompts.PromptMode;
import io.gemoclap.training.prompts.Wordings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * N pairs of speech and sentence. Each distinct sentence occurs once, and {@code sentenceOf} says
 * which pair has which, so that the text tower reads it once.
 *
 * @param speech N feature matrices
 * @param sentences distinct sentences
 * @param sentenceOf for each pair, the place of its sentence
 * @param emotions for each pair, the index of its emotion
 * @param genders for each pair, the index of its gender
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one step, never compared
record PairBatch(
    List<FeatureMatrix> speech,
    List<String> sentences,
    long[] sentenceOf,
    int[] emotions,
    int[] genders) {
  private static final int WORDINGS_OF_A_CLASS = 2;

  /**
   * Draws a version of each example and a sentence that fits it.
   *
   * @param specAugment masks of the features, or null for none
   */
  static PairBatch draw(
      List<Example> examples,
      List<String> labels,
      Wordings wordings,
      PromptMode prompts,
      SpecAugment specAugment,
      SplittableRandom random) {
    int n = examples.size();
    List<FeatureMatrix> speech = new ArrayList<>();
    long[] sentenceOf = new long[n];
    int[] emotions = new int[n];
    int[] genders = new int[n];
    Map<String, Integer> sentences = new LinkedHashMap<>();
    Map<String, String> drawn = new LinkedHashMap<>();
    for (int i = 0; i < n; i++) {
      Utterance utterance = examples.get(i).utterance();
      emotions[i] = labels.indexOf(utterance.emotion());
      genders[i] = utterance.gender().index();
      List<FeatureMatrix> versions = examples.get(i).versions();
      FeatureMatrix version = versions.get(random.nextInt(versions.size()));
      boolean masked = specAugment != null && version.frames() > 1;
      speech.add(masked ? specAugment.mask(version, random) : version);
      boolean named = prompts == PromptMode.EMOTION_GENDER && random.nextBoolean();
      Gender gender = named && utterance.gender() != Gender.UNKNOWN ? utterance.gender() : null;
      String key = utterance.emotion() + gender + random.nextInt(WORDINGS_OF_A_CLASS);
      String sentence =
          drawn.computeIfAbsent(key, k -> wordings.draw(utterance.emotion(), gender, random));
      sentenceOf[i] = sentences.computeIfAbsent(sentence, s -> sentences.size());
    }
    return new PairBatch(speech, List.copyOf(sentences.keySet()), sentenceOf, emotions, genders);
  }

  int size() {
    return speech.size();
  }
}
