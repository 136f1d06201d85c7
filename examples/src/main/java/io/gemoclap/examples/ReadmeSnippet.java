package io.gemoclap.examples;

import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.ListRecordings;
import io.gemoclap.write.WriteAnnotations;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The first Java snippet of README.md; a test compares the two. */
final class ReadmeSnippet {
  private ReadmeSnippet() {}

  static void annotate(String... args) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(args).create());

    AnnotateSpeech.Result result =
        pipeline.apply(ListRecordings.of("archive")).apply(AnnotateSpeech.with("bundled"));

    result.toTuple().apply(WriteAnnotations.to("/data/annotations"));
    pipeline.run().waitUntilFinish();
  }
}
