package io.gemoclap.training.run;

import io.gemoclap.model.GEmoClap;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.score.PromptTemplates;
import io.gemoclap.score.ZeroShotClassifier;
import io.gemoclap.training.augment.FeatureTable;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.prompts.Wordings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lets a loaded bundle judge utterances zero-shot, exactly as annotation does. */
final class Judge {
  private final GEmoClap model;
  private final FeatureTable features;
  private final PromptTemplates templates;
  private final ZeroShotClassifier emotions;
  private final ZeroShotClassifier genders;
  private final List<String> genderNames;

  Judge(GEmoClap model, FeatureTable features) {
    this.model = model;
    this.features = features;
    ModelManifest manifest = model.manifest();
    templates = new PromptTemplates(manifest.templates());
    emotions = classifier(manifest.labels());
    genderNames = List.copyOf(manifest.genderPrompts().keySet());
    genders =
        ZeroShotClassifier.of(
            List.copyOf(manifest.genderPrompts().values()),
            model::embedText,
            manifest.logitScaleAudio());
  }

  private ZeroShotClassifier classifier(List<String> labels) {
    return ZeroShotClassifier.of(
        labels.stream().map(templates::expand).toList(),
        model::embedText,
        model.manifest().logitScaleAudio());
  }

  Prediction judge(Utterance utterance, String fold) {
    float[] vector = model.embedSpeech(List.of(features.clean(utterance)))[0];
    ModelManifest manifest = model.manifest();
    double[] emotion = scaled(emotions.cosines(vector), manifest.logitScaleAudio());
    double[] gender = scaled(genders.cosines(vector), manifest.logitScaleAudio());
    return new Prediction(
        utterance.id(),
        utterance.speaker(),
        fold,
        manifest.labels().indexOf(utterance.emotion()),
        emotion,
        genderNames.indexOf(utterance.gender().name().toLowerCase(Locale.ROOT)),
        gender);
  }

  private static double[] scaled(double[] cosines, double scale) {
    double[] logits = cosines.clone();
    for (int i = 0; i < logits.length; i++) {
      logits[i] *= scale;
    }
    return logits;
  }

  /** Share of words of every label whose vector lies nearest to their own label's. */
  double understood(Wordings wordings, boolean heldOut) {
    List<String> labels = model.manifest().labels();
    int right = 0;
    int all = 0;
    for (int label = 0; label < labels.size(); label++) {
      List<String> words =
          heldOut ? wordings.heldOut(labels.get(label)) : wordings.known(labels.get(label));
      for (String word : words) {
        float[] vector = ZeroShotClassifier.meanDirection(model.embedText(templates.expand(word)));
        right += ZeroShotClassifier.top(emotions.cosines(vector)) == label ? 1 : 0;
        all++;
      }
    }
    return (double) right / all;
  }

  /** Predictions of utterances when each label is replaced by its {@code k}-th held-out synonym. */
  List<Integer> judgeBySynonyms(List<Utterance> utterances, Wordings wordings, int k) {
    List<String> synonyms = new ArrayList<>();
    for (String label : model.manifest().labels()) {
      List<String> held = wordings.heldOut(label);
      synonyms.add(held.get(k % held.size()));
    }
    ZeroShotClassifier classifier = classifier(synonyms);
    List<Integer> predictions = new ArrayList<>();
    for (Utterance utterance : utterances) {
      float[] vector = model.embedSpeech(List.of(features.clean(utterance)))[0];
      predictions.add(ZeroShotClassifier.top(classifier.cosines(vector)));
    }
    return predictions;
  }

  /**
   * What a model said about one test utterance.
   *
   * @param id utterance
   * @param speaker its speaker
   * @param fold fold in which it was a test utterance
   * @param truth index of its emotion
   * @param logits ε_a · cosine of each emotion
   * @param gender index of its gender; -1 where it is unknown
   * @param genderLogits ε_a · cosine of each gender
   */
  @SuppressWarnings("ArrayRecordComponent") // a row of a report, never compared
  record Prediction(
      String id,
      String speaker,
      String fold,
      int truth,
      double[] logits,
      int gender,
      double[] genderLogits) {

    int predicted() {
      return ZeroShotClassifier.top(logits);
    }

    boolean genderRight() {
      return ZeroShotClassifier.top(genderLogits) == gender;
    }
  }

  static Map<String, Object> row(Prediction prediction, List<String> labels) {
    return Map.of(
        "id", prediction.id(),
        "speaker", prediction.speaker(),
        "fold", prediction.fold(),
        "emotion", labels.get(prediction.truth()),
        "predicted", labels.get(prediction.predicted()),
        "gender_right", prediction.genderRight(),
        "logits", prediction.logits());
  }
}
