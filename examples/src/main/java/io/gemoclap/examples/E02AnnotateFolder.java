package io.gemoclap.examples;

import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.Recording;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.write.WriteAnnotations;
import java.io.IOException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * A folder of recordings through the front door: segments with emotions, summaries and failures as
 * JSON Lines.
 *
 * <pre>{@code examples/run E02AnnotateFolder 'examples/samples/*' /tmp/annotations}</pre>
 */
public final class E02AnnotateFolder {
  private E02AnnotateFolder() {}

  /** Takes a pattern of files and the output folder. */
  public static void main(String[] args) throws IOException {
    Pipeline pipeline = Pipeline.create();
    buildPipeline(pipeline, args[0], args[1]);
    pipeline.run().waitUntilFinish();
  }

  static void buildPipeline(Pipeline pipeline, String pattern, String output) throws IOException {
    AnnotateSpeech.Result result =
        pipeline
            .apply(FileIO.match().filepattern(pattern))
            .apply(FileIO.readMatches().withCompression(Compression.UNCOMPRESSED))
            .apply(MapElements.into(TypeDescriptor.of(Recording.class)).via(Recording::file))
            .apply(AnnotateSpeech.with(Bundles.BUNDLED));
    result.toTuple().apply(WriteAnnotations.to(output));
  }
}
