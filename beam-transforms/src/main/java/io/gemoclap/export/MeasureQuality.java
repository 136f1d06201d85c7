package io.gemoclap.export;

import static java.util.Objects.requireNonNull;

import io.gemoclap.export.clip.ClipCutter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * Measures the quality of segments before it is known which ones a corpus takes, and drops those
 * that it does not let pass. Decodes each recording once.
 */
final class MeasureQuality extends PTransform<PCollection<ExportItem>, PCollectionTuple> {
  /** Segments whose audio cannot be read. */
  static final TupleTag<FailedSegment> FAILED = new TupleTag<>("failed") {};

  private final ExportSettings settings;

  MeasureQuality(ExportSettings settings) {
    this.settings = settings;
  }

  @Override
  public PCollectionTuple expand(PCollection<ExportItem> items) {
    return items
        .apply(
            "ByRecording",
            WithKeys.of((ExportItem item) -> item.getSegment().getRecording())
                .withKeyType(TypeDescriptors.strings()))
        .apply("Recordings", GroupByKey.create())
        .apply(
            "Measure",
            ParDo.of(new MeasureFn(settings))
                .withOutputTags(ChooseFn.ITEMS, TupleTagList.of(ChooseFn.AMOUNTS).and(FAILED)));
  }

  static final class MeasureFn extends DoFn<KV<String, Iterable<ExportItem>>, ExportItem> {
    private static final long serialVersionUID = 1L;

    private final ExportSettings settings;
    private transient @Nullable ClipCutter cutter;

    MeasureFn(ExportSettings settings) {
      this.settings = settings;
    }

    @Setup
    public void setUp() {
      cutter = new ClipCutter(settings.clips());
    }

    @Teardown
    public void tearDown() {
      if (cutter != null) {
        cutter.close();
      }
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<ExportItem>> recording, MultiOutputReceiver out)
        throws IOException {
      Set<ExportItem> left = new LinkedHashSet<>();
      List<ClipCutter.Cut> cuts = new ArrayList<>();
      for (ExportItem item : recording.getValue()) {
        left.add(item);
        cuts.add(
            new ClipCutter.Cut(
                item.getSegment().getChannel(),
                item.getSegment().getStartSeconds(),
                item.getSegment().getEndSeconds(),
                clip -> {
                  left.remove(item);
                  pass(item.withQuality(clip.quality()), out);
                }));
      }
      ClipCutter.Outcome outcome = requireNonNull(cutter).cut(recording.getKey(), cuts, false);
      for (ExportItem item : left) {
        drop(DropReason.AUDIO, item, out);
        out.get(FAILED)
            .output(FailedSegment.of(item.getSegment(), outcome.failure().orElseThrow()));
      }
    }

    private static void drop(DropReason reason, ExportItem item, MultiOutputReceiver out) {
      ExportCorpus.FINISHED.inc();
      out.get(ChooseFn.AMOUNTS).output(KV.of(reason.code(), item.seconds()));
    }

    private void pass(ExportItem item, MultiOutputReceiver out) {
      settings
          .filter()
          .drops(item)
          .ifPresentOrElse(
              reason -> drop(reason, item, out), () -> out.get(ChooseFn.ITEMS).output(item));
    }
  }
}
