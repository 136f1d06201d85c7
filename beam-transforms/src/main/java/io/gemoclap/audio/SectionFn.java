package io.gemoclap.audio;

import io.gemoclap.audio.container.SectionEntry;
import io.gemoclap.audio.decode.DecodedPart;
import io.gemoclap.audio.decode.GuardedDecode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.segment.SectionSession;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Decodes one section of a recording and emits while it goes what a stage makes of its segments.
 *
 * @param <T> what the stage makes of a segment
 */
final class SectionFn<T> extends DoFn<KV<Recording, SectionEntry>, T> {
  /** What came of each section, by recording. */
  static final TupleTag<KV<String, KV<Recording, SectionResult>>> RESULTS =
      new TupleTag<>("results") {};

  private final DecodeAudio settings;
  private final SegmentStage<T> stage;

  private transient DecodeWorker<T> worker;

  SectionFn(DecodeAudio settings, SegmentStage<T> stage) {
    this.settings = settings;
    this.stage = stage;
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
  public void process(@Element KV<Recording, SectionEntry> section, MultiOutputReceiver out) {
    Recording recording = section.getKey();
    String key = recording.id() + '\n' + recording.uri();
    out.get(RESULTS)
        .output(KV.of(key, KV.of(recording, decode(recording, section.getValue(), out))));
  }

  private SectionResult decode(Recording recording, SectionEntry entry, MultiOutputReceiver out) {
    SectionSession.Opener opener =
        SectionSession.of(settings.segmenter(), recording.spans()).orElseThrow();
    List<SectionSession> sessions = new ArrayList<>();
    SegmentCutter cutter =
        worker.cutter(
            recording,
            out,
            segment -> worker.process(segment, out),
            (spans, channel, channels) -> {
              SectionSession session =
                  opener.open(settings.sampleRate(), entry.section(), entry.count());
              sessions.add(session);
              return session;
            });
    try {
      DecodedPart part =
          GuardedDecode.of(
              recording.id(),
              () -> settings.open(recording),
              encoded -> {
                DecodedPart decoded =
                    worker
                        .decoder()
                        .decodeSection(
                            encoded, recording.id(), entry, cutter, () -> done(sessions));
                if (!done(sessions)) {
                  cutter.finish();
                }
                return decoded;
              });
      return SectionResult.of(entry.section(), entry.count(), cutter.segments(), part);
    } catch (DecodeException e) {
      return SectionResult.of(entry.section(), entry.count(), e);
    }
  }

  private static boolean done(List<SectionSession> sessions) {
    return !sessions.isEmpty() && sessions.stream().allMatch(SectionSession::done);
  }
}
