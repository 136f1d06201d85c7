package io.gemoclap.training.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.text.ByteLevelBpe;
import io.gemoclap.model.weights.FloatTensor;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.fit.FromBundle;
import io.gemoclap.training.fit.FromScratch;
import io.gemoclap.training.fit.Initialization;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.prompts.TaughtTexts;
import io.gemoclap.training.prompts.Wordings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code job.json}: all that a fold's process needs besides {@code utterances.jsonl} and {@code
 * folds.csv}. Written anew by each process of the run.
 *
 * @param identity everything that decides the numbers
 * @param pretrained local folder, on every machine that trains, of the bundle whose towers are
 *     fine-tuned; null for towers from scratch
 * @param gpu whether folds train on the first GPU
 * @param features folder of the shards, on any Beam file system
 * @param shards names of the shards
 * @param conditions names of the shards of degraded utterances; empty if they are not judged
 * @param leftOut ids of the utterances that had no features when training began
 * @param checkpointSeconds least time from one checkpoint to the next
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record RunJob(
    RunIdentity identity,
    @JsonInclude(JsonInclude.Include.NON_NULL) String pretrained,
    boolean gpu,
    String features,
    List<String> shards,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> conditions,
    List<String> leftOut,
    double checkpointSeconds) {

  /** More merges make whole words, and then words that training never saw are not understood. */
  private static final int MERGES = 400;

  /** Copies the lists. */
  RunJob {
    shards = List.copyOf(shards);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    leftOut = List.copyOf(leftOut);
  }

  /** Emotion labels, in the order of every output. */
  List<String> labels() {
    return identity.corpus().labels();
  }

  /** How each fold is trained. */
  TrainConfig config() {
    return identity.config();
  }

  /** The utterances of a list that are trained and tested on. */
  List<Utterance> used(List<Utterance> utterances) {
    Set<String> out = Set.copyOf(leftOut);
    return utterances.stream().filter(utterance -> !out.contains(utterance.id())).toList();
  }

  /**
   * Where the towers of every fold come from.
   *
   * @param textWeights what the text warm-up taught compact towers
   */
  Initialization initialization(Wordings wordings, Map<String, FloatTensor> textWeights)
      throws IOException {
    return pretrained == null
        ? new FromScratch(tokens(wordings), textWeights)
        : new FromBundle(bundle());
  }

  /**
   * The tokens of the text tower: learned from the sentences of the labels and the texts of the
   * teacher, the same every time.
   */
  ByteLevelBpe tokens(Wordings wordings) {
    return tokens(wordings, labels(), config());
  }

  static ByteLevelBpe tokens(Wordings wordings, List<String> labels, TrainConfig config) {
    List<String> texts = new ArrayList<>(wordings.sentences(labels));
    if (config.optimization().textTeacher() > 0) {
      texts.addAll(TaughtTexts.load().texts());
    }
    return ByteLevelBpe.learn(texts, MERGES);
  }

  private ModelBundle bundle() throws IOException {
    ModelBundle bundle = ModelBundle.open(Path.of(pretrained));
    if (!bundle.id().equals(identity.pretrained())) {
      throw new IOException(
          "The bundle '%s' is now %s, but the run started with %s; restore that one or start over with --overwrite"
              .formatted(pretrained, bundle.id(), identity.pretrained()));
    }
    return bundle;
  }
}
