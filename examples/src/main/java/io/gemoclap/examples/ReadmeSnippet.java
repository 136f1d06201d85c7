package io.gemoclap.examples;

import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.ListRecordings;
import io.gemoclap.audio.Recording;
import io.gemoclap.write.WriteAnnotations;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;

/** The first Java snippet of README.md; a test compares the two. */
final class ReadmeSnippet {
  private ReadmeSnippet() {}

  static void build(Pipeline p) {
    PCollection<Recording> recordings = p.apply(ListRecordings.of("archive"));

    AnnotateSpeech.Result result = recordings.apply(AnnotateSpeech.with("bundled"));

    result.toTuple().apply(WriteAnnotations.to("/data/annotations"));
  }
}
