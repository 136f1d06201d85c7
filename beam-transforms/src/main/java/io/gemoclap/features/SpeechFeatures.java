package io.gemoclap.features;

import io.gemoclap.audio.SegmentRef;
import io.gemoclap.row.CoderRows;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;

/**
 * The features of one segment.
 *
 * @param ref which part of which recording
 * @param matrix frames × dims, as the {@link FeatureSpec} says
 * @param origin what the numbers are
 */
@DefaultCoder(SpeechFeaturesCoder.class)
@DefaultSchema(CoderRows.class)
public record SpeechFeatures(SegmentRef ref, FeatureMatrix matrix, FeatureOrigin origin) {}
