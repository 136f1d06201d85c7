package io.gemoclap.training.run;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.Normalization;
import io.gemoclap.training.fit.TrainConfig;
import java.util.List;

/**
 * {@code job.json}: what every fold of a run shares, and all that a fold's process needs besides
 * {@code utterances.jsonl} and {@code folds.csv}.
 *
 * @param corpus name of the corpus
 * @param labels emotion labels, in the order of every output
 * @param config how to train
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
    FeatureSpec spec,
    int copies,
    Normalization normalize,
    double priorWeight,
    String features,
    List<String> shards,
    double checkpointSeconds) {}
