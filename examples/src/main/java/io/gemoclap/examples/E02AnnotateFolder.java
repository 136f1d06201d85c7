package io.gemoclap.examples;

import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.ListRecordings;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.write.WriteAnnotations;
import org.apache.beam.sdk.Pipeline;

/**
 * A folder of recordings through {@code AnnotateSpeech}: segments with emotions, summaries and
 * failures as JSON Lines.
 *
 * <pre>{@code examples/run E02AnnotateFolder examples/samples /tmp/annotations}</pre>
 */
public final class E02AnnotateFolder {
  private E02AnnotateFolder() {}

  /** Takes a folder or pattern of files and the output folder. */
  public static void main(String[] args) {
    Pipeline pipeline = Pipeline.create();
    buildPipeline(pipeline, args[0], args[1]);
    pipeline.run().waitUntilFinish();
  }

  static void buildPipeline(Pipeline pipeline, String input, String output) {
    AnnotateSpeech.Result result =
        pipeline.apply(ListRecordings.of(input)).apply(AnnotateSpeech.with(Bundles.BUNDLED));
    result.toTuple().apply(WriteAnnotations.to(output));
  }
}
