package io.gemoclap.audio;

import io.gemoclap.audio.container.SectionEntry;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.decode.GuardedDecode;
import io.gemoclap.audio.ffmpeg.FfmpegTransforms;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.segment.SectionSession;
import io.gemoclap.audio.speech.SpeechClassifier;
import io.gemoclap.failure.Failure;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/** Decodes one recording and emits its segments while it goes. */
final class DecodeFn extends DoFn<Recording, SpeechSegment> {
  /** Segments that stay with the worker which has decoded them. */
  static final TupleTag<SpeechSegment> LOCAL_SEGMENTS = new TupleTag<>("localSegments") {};

  static final TupleTag<SpeechSegment> SEGMENTS = new TupleTag<>("segments") {};
  static final TupleTag<DecodedRecording> RECORDINGS = new TupleTag<>("recordings") {};
  static final TupleTag<Failure> FAILURES = new TupleTag<>("failures") {};

  /** Sections of long recordings, which are decoded elsewhere. */
  static final TupleTag<KV<Recording, SectionEntry>> SECTIONS = new TupleTag<>("sections") {};

  private final DecodeAudio settings;
  private final boolean sectioned;
  private final DecodeCounters counters = new DecodeCounters();

  private transient AudioDecoder decoder;
  private transient SpeechClassifier classifier;

  /**
   * Decodes recordings.
   *
   * @param sectioned whether long recordings are emitted as sections instead, where that is
   *     possible
   */
  DecodeFn(DecodeAudio settings, boolean sectioned) {
    this.settings = settings;
    this.sectioned = sectioned;
  }

  @Setup
  public void setup() {
    decoder = settings.decoder();
    decoder.requireNatives();
    classifier = new SpeechClassifier(settings.sampleRate(), FfmpegTransforms::ofSize);
  }

  @Teardown
  public void teardown() {
    if (decoder != null) {
      decoder.close();
    }
  }

  @ProcessElement
  public void process(@Element Recording recording, MultiOutputReceiver out) {
    SegmentCutter cutter =
        new SegmentCutter(
            settings,
            recording,
            classifier,
            out,
            () -> settings.segmenter().open(settings.sampleRate(), recording.spans()));
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
                DecodeReport decoded = decoder.decode(encoded, recording.id(), cutter);
                cutter.finish();
                return Optional.of(decoded);
              });
    } catch (DecodeException e) {
      counters.failed();
      out.get(FAILURES).output(DecodeAudio.failure(recording, e));
      return;
    }
    if (report.isPresent()) {
      out.get(RECORDINGS).output(DecodedRecording.of(recording, report.get(), cutter.segments()));
      counters.decoded(report.get());
    }
  }

  private List<SectionEntry> sections(Recording recording, SeekableByteChannel encoded) {
    boolean possible =
        sectioned
            && !(encoded instanceof EncodedBytes)
            && SectionSession.of(settings.segmenter(), recording.spans()).isPresent();
    return possible ? decoder.sections(encoded) : List.of();
  }
}
