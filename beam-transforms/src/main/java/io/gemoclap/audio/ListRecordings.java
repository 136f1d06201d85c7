package io.gemoclap.audio;

import io.gemoclap.census.Census;
import io.gemoclap.census.CensusEntry;
import io.gemoclap.failure.SecretMask;
import java.io.IOException;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Lists the recordings of a folder, a file or a pattern once, as the command line does: by {@link
 * Census}. Bounded.
 *
 * <p>Use it instead of Beam's {@code FileIO.match()}, which loses local files without a word where
 * the JVM's locale cannot spell their names, takes a folder named {@code calls [2021]} for a
 * pattern, and does not end in a folder with links to itself. Here, an entry that cannot be read
 * becomes a recording that fails in {@link DecodeAudio}. One worker lists when the job runs; the
 * recordings are then spread over all workers.
 */
public final class ListRecordings extends PTransform<PBegin, PCollection<Recording>> {
  private static final int BUCKETS = 64;

  private final String input;

  private ListRecordings(String input) {
    this.input = input;
  }

  /**
   * All recordings of an input. None is fine.
   *
   * @param input a folder, file or pattern, on this machine or a registered Beam file system
   */
  public static ListRecordings of(String input) {
    return new ListRecordings(input);
  }

  @Override
  public PCollection<Recording> expand(PBegin begin) {
    return begin
        .apply("Input", Create.of(input))
        .apply("List", ParDo.of(new ListFn()))
        .setCoder(RecordingCoder.of())
        .apply("Spread", Reshuffle.<Recording>viaRandomKey().withNumBuckets(BUCKETS));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("input", SecretMask.of(input)).withLabel("Input"));
  }

  private static final class ListFn extends DoFn<String, Recording> {
    @ProcessElement
    public void process(@Element String input, OutputReceiver<Recording> out) throws IOException {
      for (CensusEntry entry : Census.of(input).entries()) {
        out.output(Recording.of(entry));
      }
    }
  }
}
