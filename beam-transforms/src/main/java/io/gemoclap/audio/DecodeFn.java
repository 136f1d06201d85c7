package io.gemoclap.audio;

import io.gemoclap.audio.container.SectionEntry;
import io.gemoclap.audio.decode.GuardedDecode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.segment.SectionSession;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Decodes one recording and emits while it goes what a stage makes of its segments.
 *
 * @param <T> what the stage makes of a segment
 */
final class DecodeFn<T> extends DoFn<Recording, T> {
  /** Sections of long recordings, which are decoded elsewhere. */
  static final TupleTag<KV<Recording, SectionEntry>> SECTIONS = new TupleTag<>("sections") {};

  /** Flink's batch sorter may not take in more than a mebibyte. */
  private static final int LONG_SAMPLES = 1 << 18;

  /** Short recordings are spread over the workers already; moving their samples would only cost. */
  private static final double LOCAL_SECONDS = 60;

  private final DecodeAudio settings;
  private final SegmentStage<T> stage;
  private final boolean sectioned;
  private final DecodeCounters counters = new DecodeCounters();

  private transient DecodeWorker<T> worker;

  /**
   * Decodes recordings.
   *
   * @param stage what happens to segments that stay on this worker
   * @param sectioned whether long recordings are emitted as sections instead, where that is
   *     possible
   */
  DecodeFn(DecodeAudio settings, SegmentStage<T> stage, boolean sectioned) {
    this.settings = settings;
    this.stage = stage;
    this.sectioned = sectioned;
  }

  @Setup
  public void setup() {
    worker = new DecodeWorker<>(settings, stage);
  }

  @Teardown
  public void teardown() {
    if (worker != null) {
      worker.close();
    }
  }

  @ProcessElement
  public void process(@Element Recording recording, MultiOutputReceiver out) {
    SegmentCutter cutter =
        worker.cutter(
            recording,
            out,
            segment -> emit(segment, out),
            (spans, channel, channels) ->
                settings.segmenter().open(settings.sampleRate(), spans, channel, channels));
    Optional<DecodeReport> report;
    try {
      report =
          GuardedDecode.of(
              recording.id(),
              () -> settings.open(recording),
              encoded -> {
                List<SectionEntry> sections = sections(recording, encoded);
                if (!sections.isEmpty()) {
                  sections.forEach(each -> cutter.output(SECTIONS, KV.of(recording, each)));
                  return Optional.empty();
                }
                DecodeReport decoded = worker.decoder().decode(encoded, recording.id(), cutter);
                cutter.finish();
                return Optional.of(decoded);
              });
    } catch (DecodeException e) {
      counters.failed();
      out.get(DecodeWithStage.FAILURES).output(DecodeAudio.failure(recording, e));
      return;
    }
    if (report.isPresent()) {
      out.get(DecodeWithStage.RECORDINGS)
          .output(DecodedRecording.of(recording, report.get(), cutter.segments()));
      counters.decoded(report.get());
    }
  }

  private void emit(SpeechSegment segment, MultiOutputReceiver out) {
    boolean local =
        segment.samples().length > LONG_SAMPLES || segment.ref().startSeconds() < LOCAL_SECONDS;
    if (local) {
      worker.process(segment, out);
    } else {
      out.get(DecodeWithStage.SPREAD).output(segment);
    }
  }

  private List<SectionEntry> sections(Recording recording, SeekableByteChannel encoded) {
    boolean possible =
        sectioned
            && !(encoded instanceof EncodedBytes)
            && SectionSession.of(settings.segmenter(), recording.spans()).isPresent();
    return possible ? worker.decoder().sections(encoded) : List.of();
  }
}
