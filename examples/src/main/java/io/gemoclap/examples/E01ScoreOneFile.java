package io.gemoclap.examples;

import io.gemoclap.AnnotateSpeech;
import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.bundle.Bundles;
import io.gemoclap.failure.Failure;
import io.gemoclap.score.EmotionScores;
import io.gemoclap.score.LabelScore;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * One file, scored as a whole: prints the probability of each of the bundled model's emotions, or
 * why the file cannot be scored.
 *
 * <pre>{@code examples/run E01ScoreOneFile examples/samples/german-male-48k-stereo.wav}</pre>
 */
public final class E01ScoreOneFile {
  private E01ScoreOneFile() {}

  /** Takes a file. */
  public static void main(String[] args) {
    Pipeline pipeline = Pipeline.create();
    AnnotateSpeech.Result result = buildPipeline(pipeline, args[0]);
    result
        .scores()
        .apply(
            "PrintScores",
            MapElements.into(TypeDescriptors.voids()).via(E01ScoreOneFile::printScores));
    result
        .failures()
        .apply(
            "PrintFailures",
            MapElements.into(TypeDescriptors.voids()).via(E01ScoreOneFile::printFailure));
    pipeline.run().waitUntilFinish();
  }

  static AnnotateSpeech.Result buildPipeline(Pipeline pipeline, String file) {
    return pipeline
        .apply(Create.of(Recording.file(file)).withType(TypeDescriptor.of(Recording.class)))
        .apply(
            AnnotateSpeech.with(Bundles.BUNDLED)
                .withDecoding(DecodeAudio.recordings().withSegmenter(Segmenter.whole())));
  }

  private static Void printScores(EmotionScores scores) {
    for (LabelScore score : scores.getScores()) {
      System.out.printf(Locale.ROOT, "%-10s %.3f%n", score.getLabel(), score.getProbability());
    }
    return null;
  }

  private static Void printFailure(Failure failure) {
    System.err.println(failure.getItem() + ": " + failure.getMessage());
    return null;
  }
}
