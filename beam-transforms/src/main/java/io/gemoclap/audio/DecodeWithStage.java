package io.gemoclap.audio;

import io.gemoclap.audio.container.SectionEntry;
import io.gemoclap.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Decodes recordings as {@link DecodeAudio} does, and applies a stage to each segment where it is
 * decoded. Samples are large: Flink's batch runner would write them to disk once for each output of
 * the decoding step.
 *
 * <p>The outputs are the results of the stage, {@link #SPREAD}, {@link #RECORDINGS} and {@link
 * #FAILURES}.
 *
 * @param <T> what the stage makes of a segment
 * @hidden
 */
@Internal
public final class DecodeWithStage<T> extends PTransform<PCollection<Recording>, PCollectionTuple> {
  /**
   * Segments that the stage has not seen, because they were moved to another worker: those after
   * the first minute of a recording that is decoded as one.
   */
  public static final TupleTag<SpeechSegment> SPREAD = new TupleTag<>("segments") {};

  /** One record for each recording that was decoded to its end. */
  public static final TupleTag<DecodedRecording> RECORDINGS = new TupleTag<>("recordings") {};

  /** Failures of decoding and of the stage. */
  public static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  /**
   * Keys of the reshuffle where a runner groups by them: enough for workers, few enough to batch.
   */
  private static final int BUCKETS = 64;

  private final DecodeAudio settings;
  private final SegmentStage<T> stage;
  private final boolean inSections;

  /** Decodes with these settings. */
  public DecodeWithStage(DecodeAudio settings, SegmentStage<T> stage) {
    this(settings, stage, true);
  }

  private DecodeWithStage(DecodeAudio settings, SegmentStage<T> stage, boolean inSections) {
    this.settings = settings;
    this.stage = stage;
    this.inSections = inSections;
  }

  /** The same, but decodes each recording as one, however long it is. */
  public DecodeWithStage<T> withoutSections() {
    return new DecodeWithStage<>(settings, stage, false);
  }

  @Override
  public PCollectionTuple expand(PCollection<Recording> recordings) {
    // The record of a recording in sections would wait for the end of its window.
    boolean sectioned = inSections && recordings.isBounded() == PCollection.IsBounded.BOUNDED;
    PCollectionTuple decoded =
        recordings.apply(
            "Decode",
            ParDo.of(new DecodeFn<>(settings, stage, sectioned))
                .withOutputTags(
                    stage.results(),
                    TupleTagList.of(SPREAD).and(DecodeFn.SECTIONS).and(RECORDINGS).and(FAILURES)));
    PCollection<KV<Recording, SectionEntry>> sections =
        decoded.get(DecodeFn.SECTIONS).setCoder(DecodeSections.CODER);
    decoded.get(SPREAD).setCoder(SpeechSegmentCoder.of());
    decoded.get(stage.results()).setCoder(stage.coder());
    List<PCollectionTuple> outputs = new ArrayList<>(List.of(decoded));
    if (sectioned) {
      outputs.add(sections.apply("DecodeSections", new DecodeSections<>(settings, stage)));
    }
    return PCollectionTuple.of(
            SPREAD,
            decoded
                .get(SPREAD)
                .apply("Spread", Reshuffle.<SpeechSegment>viaRandomKey().withNumBuckets(BUCKETS)))
        .and(stage.results(), all(outputs, stage.results(), "AllResults"))
        .and(RECORDINGS, all(outputs, RECORDINGS, "AllRecordings"))
        .and(FAILURES, all(outputs, FAILURES, "AllFailures"));
  }

  private static <V> PCollection<V> all(
      List<PCollectionTuple> outputs, TupleTag<V> tag, String name) {
    List<PCollection<V>> each = outputs.stream().map(tuple -> tuple.get(tag)).toList();
    return each.size() == 1
        ? each.get(0)
        : PCollectionList.of(each).apply(name, Flatten.pCollections());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.include("decode", settings);
  }
}
