package io.gemoclap.review.server;

import java.util.List;
import java.util.Map;

/**
 * What the page shows of the results as a whole.
 *
 * @param results the folder
 * @param count number of segments
 * @param emotions number of segments by the label shown
 * @param labels all labels, in the order of the keys 1 to 9
 * @param keys keys of the metadata
 * @param origins models and label sets, each as "model_id label_set"
 * @param searchProblem why there is no search; empty if there is one
 * @param typicalByVector whether the most typical are found by vectors, not by confidence
 * @param compared whether another model's results are beside these
 * @param sampled number of segments that {@code gemoclap sample} has chosen
 * @param by who answers
 * @param corrections where answers are appended
 * @param counts answered segments of each person
 * @param unknown number of answered segments that the results do not hold
 * @param unknownExamples the first ten of them
 * @param skipped incomplete lines of answers, each as a sentence
 */
record Overview(
    String results,
    long count,
    Map<String, Long> emotions,
    List<String> labels,
    List<String> keys,
    List<String> origins,
    String searchProblem,
    boolean typicalByVector,
    boolean compared,
    long sampled,
    String by,
    String corrections,
    Map<String, Integer> counts,
    int unknown,
    List<String> unknownExamples,
    List<String> skipped) {}
