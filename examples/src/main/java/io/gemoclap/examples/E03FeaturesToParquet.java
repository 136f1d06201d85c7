package io.gemoclap.examples;

import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.ListRecordings;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.features.ExtractFeatures;
import io.gemoclap.features.FeaturePart.Preset;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.write.WriteFeatures;
import org.apache.beam.sdk.Pipeline;

/**
 * Two stages and no model: log-mel spectrograms of two-second windows as Parquet, for training
 * something else.
 *
 * <pre>{@code examples/run E03FeaturesToParquet examples/samples /tmp/features}</pre>
 */
public final class E03FeaturesToParquet {
  private E03FeaturesToParquet() {}

  /** Takes a folder or pattern of files and the output folder. */
  public static void main(String[] args) {
    Pipeline pipeline = Pipeline.create();
    buildPipeline(pipeline, args[0], args[1]);
    pipeline.run().waitUntilFinish();
  }

  static void buildPipeline(Pipeline pipeline, String input, String output) {
    pipeline
        .apply(ListRecordings.of(input))
        .apply(DecodeAudio.recordings().withSegmenter(Segmenter.fixedWindows(2, 2)))
        .segments()
        .apply(ExtractFeatures.of(FeatureSpec.logMel(Preset.LIBROSA)))
        .results()
        .apply(WriteFeatures.to(output));
  }
}
