package io.gemoclap.training.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.Normalization;
import io.gemoclap.model.ModelBundle;
import io.gemoclap.model.checkpoint.FloatTensor;
import io.gemoclap.training.fit.FromBundle;
import io.gemoclap.training.fit.FromScratch;
import io.gemoclap.training.fit.Initialization;
import io.gemoclap.training.fit.TrainConfig;
import io.gemoclap.training.prompts.Wordings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code job.json}: what every fold of a run shares, and all that a fold's process needs besides
 * {@code utterances.jsonl} and {@code folds.csv}.
 *
 * @param corpus name of the corpus
 * @param labels emotion labels, in the order of every output
 * @param config how to train
 * @param pretrained the bundle whose towers are fine-tuned; null for compact towers from scratch
 * @param gpu whether folds train on the first GPU
 * @param spec the features
 * @param copies perturbed copies
 * @param normalize whose statistics standardise the features
 * @param priorWeight utterances of a group that the corpus weighs as much as
 * @param features folder of the shards, on any Beam file system
 * @param shards names of the shards
 * @param checkpointSeconds least time from one checkpoint to the next
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record RunJob(
    String corpus,
    List<String> labels,
    TrainConfig config,
    @JsonInclude(JsonInclude.Include.NON_NULL) Pretrained pretrained,
    boolean gpu,
    FeatureSpec spec,
    int copies,
    Normalization normalize,
    double priorWeight,
    String features,
    List<String> shards,
    double checkpointSeconds) {

  /**
   * A bundle to start from.
   *
   * @param folder on the local disk of every machine that trains
   * @param id of the bundle, so that another in its place is noticed
   */
  record Pretrained(String folder, String id) {
    static Pretrained of(Path folder) throws IOException {
      return new Pretrained(folder.toAbsolutePath().toString(), ModelBundle.open(folder).id());
    }

    ModelBundle open() throws IOException {
      ModelBundle bundle = ModelBundle.open(Path.of(folder));
      if (!bundle.id().equals(id)) {
        throw new IOException(
            "The bundle '"
                + folder
                + "' is now "
                + bundle.id()
                + ", but the run began with "
                + id
                + "; put that one back or begin anew with --overwrite");
      }
      return bundle;
    }
  }

  /**
   * Where the towers of every fold come from.
   *
   * @param textWeights what the text warm-up taught compact towers
   */
  Initialization initialization(Wordings wordings, Map<String, FloatTensor> textWeights)
      throws IOException {
    return pretrained == null
        ? new FromScratch(Tokens.of(wordings, labels), textWeights)
        : new FromBundle(pretrained.open());
  }
}
