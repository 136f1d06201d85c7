package io.gemoclap.export;

import io.gemoclap.score.EmotionScores;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** Gives each segment its label, and drops those that the filter does not let pass. */
final class ChooseFn extends DoFn<EmotionScores, ExportItem> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<ExportItem> ITEMS = new TupleTag<>("items") {};

  /** The reason, or {@link #GIVEN}, and seconds. */
  static final TupleTag<KV<String, Double>> AMOUNTS = new TupleTag<>("amounts") {};

  static final String GIVEN = "given";

  private final ExportSettings settings;

  /** Labels that people gave, "" for "not speech", by the segment's id; null without any. */
  private final @Nullable PCollectionView<Map<String, String>> corrections;

  ChooseFn(ExportSettings settings, @Nullable PCollectionView<Map<String, String>> corrections) {
    this.settings = settings;
    this.corrections = corrections;
  }

  @ProcessElement
  public void process(ProcessContext context) {
    EmotionScores segment = context.element();
    String corrected =
        corrections == null || settings.corrections() == CorrectionUse.IGNORED
            ? null
            : context.sideInput(corrections).get(segment.getSegmentId());
    ExportItem item =
        corrected == null
            ? ExportItem.of(segment, segment.getEmotion(), ExportItem.MODEL)
            : ExportItem.of(segment, corrected, ExportItem.PEOPLE);
    context.output(AMOUNTS, KV.of(GIVEN, item.seconds()));
    Optional<DropReason> reason = drops(item, corrected);
    if (reason.isPresent()) {
      ExportCorpus.FINISHED.inc();
      context.output(AMOUNTS, KV.of(reason.get().code(), item.seconds()));
    } else {
      context.output(ITEMS, item);
    }
  }

  private Optional<DropReason> drops(ExportItem item, @Nullable String corrected) {
    if (corrected != null && corrected.isEmpty()) {
      return Optional.of(DropReason.NOT_SPEECH);
    }
    if (corrected == null && settings.corrections() == CorrectionUse.ONLY) {
      return Optional.of(DropReason.NOT_CORRECTED);
    }
    // A channel of a mix is another stream of a file, which no manifest can name.
    if (settings.audio() == AudioCopies.LINK
        && settings.format().namesNoStream()
        && !settings.clips().channelsApart()
        && item.getSegment().getChannel() > 0) {
      return Optional.of(DropReason.CHANNEL);
    }
    // Turns need uncertain segments, too, and are uncertain or not as a whole.
    SegmentFilter filter = settings.filter();
    return (settings.format().perRecording() ? filter.withUncertain(true) : filter).drops(item);
  }
}
