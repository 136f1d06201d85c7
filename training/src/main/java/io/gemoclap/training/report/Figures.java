package io.gemoclap.training.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * How good one way of choosing checkpoints is under one kind of prompts.
 *
 * @param checkpoint how each fold's checkpoint was chosen
 * @param prompts what the label sentences said
 * @param utterances number of test utterances
 * @param speakers number of their speakers
 * @param war weighted average recall: the share of utterances that are right
 * @param uar unweighted average recall: the mean of the classes' recalls
 * @param macroF1 mean F1 of the classes
 * @param labels classes, in the order of the confusion matrix
 * @param confusion counts, truth by prediction
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@SuppressWarnings("ArrayRecordComponent") // a file's content, never compared
public record Figures(
    SelectedEpoch checkpoint,
    String prompts,
    int utterances,
    int speakers,
    Score war,
    Score uar,
    Score macroF1,
    List<String> labels,
    int[][] confusion) {}
