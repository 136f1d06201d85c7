package io.gemoclap.training.adapt;

import io.gemoclap.features.FeatureMatrix;

/**
 * A segment with the label that people gave it. Immutable.
 *
 * @param id the segment
 * @param group who speaks; where nobody says so, the recording
 * @param label one of the adapted model's labels
 * @param features as the model takes them: normalised like those that it annotates
 */
public record Clip(String id, String group, String label, FeatureMatrix features) {}
