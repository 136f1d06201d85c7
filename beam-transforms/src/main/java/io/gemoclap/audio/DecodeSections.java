package io.gemoclap.audio;

import io.gemoclap.audio.container.SectionEntry;
import io.gemoclap.failure.Failure;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Decodes the sections of long recordings on all workers, and joins what came of them.
 *
 * @param <T> what a stage makes of each segment
 */
final class DecodeSections<T>
    extends PTransform<PCollection<KV<Recording, SectionEntry>>, PCollectionTuple> {
  static final KvCoder<Recording, SectionEntry> CODER =
      KvCoder.of(RecordingCoder.of(), SerializableCoder.of(SectionEntry.class));

  private final DecodeAudio settings;
  private final SegmentStage<T> stage;

  DecodeSections(DecodeAudio settings, SegmentStage<T> stage) {
    this.settings = settings;
    this.stage = stage;
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<Recording, SectionEntry>> sections) {
    PCollectionTuple decoded =
        sections
            .apply("Keys", ParDo.of(new KeyFn()))
            .setCoder(KvCoder.of(VarIntCoder.of(), CODER))
            .apply("Spread", Reshuffle.of())
            .apply("Values", Values.create())
            .apply(
                "Decode",
                ParDo.of(new SectionFn<>(settings, stage))
                    .withOutputTags(
                        stage.results(),
                        TupleTagList.of(SectionFn.RESULTS).and(DecodeWithStage.FAILURES)));
    decoded.get(stage.results()).setCoder(stage.coder());
    PCollectionTuple joined =
        decoded
            .get(SectionFn.RESULTS)
            .setCoder(
                KvCoder.of(
                    StringUtf8Coder.of(),
                    KvCoder.of(RecordingCoder.of(), SerializableCoder.of(SectionResult.class))))
            // The record of a recording keeps its timestamp.
            .apply(
                "Timestamps",
                Window.<KV<String, KV<Recording, SectionResult>>>configure()
                    .withTimestampCombiner(TimestampCombiner.EARLIEST))
            .apply("ByRecording", GroupByKey.create())
            .apply(
                "Join",
                ParDo.of(new JoinSectionsFn())
                    .withOutputTags(
                        DecodeWithStage.RECORDINGS, TupleTagList.of(DecodeWithStage.FAILURES)));
    PCollection<Failure> failures =
        PCollectionList.of(decoded.get(DecodeWithStage.FAILURES))
            .and(joined.get(DecodeWithStage.FAILURES))
            .apply("Failures", Flatten.pCollections());
    return PCollectionTuple.of(stage.results(), decoded.get(stage.results()))
        .and(DecodeWithStage.RECORDINGS, joined.get(DecodeWithStage.RECORDINGS))
        .and(DecodeWithStage.FAILURES, failures);
  }

  /** Gives the sections of a recording keys in a row, and each recording another first one. */
  private static final class KeyFn
      extends DoFn<KV<Recording, SectionEntry>, KV<Integer, KV<Recording, SectionEntry>>> {
    @ProcessElement
    public void process(
        @Element KV<Recording, SectionEntry> section,
        OutputReceiver<KV<Integer, KV<Recording, SectionEntry>>> out) {
      long first = section.getKey().id().hashCode();
      out.output(KV.of(EvenKeys.of(first + section.getValue().section()), section));
    }
  }
}
