package io.gemoclap.audio;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.auto.value.AutoValue;
import io.gemoclap.audio.container.SectionEntry;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.decode.DecoderIsolation;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
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
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Decodes recordings of any common format and cuts them into segments, streaming: a worker holds
 * one segment of a recording, never the recording.
 *
 * <pre>{@code
 * DecodeAudio.Result audio =
 *     p.apply(ListRecordings.of("archive"))
 *         .apply(DecodeAudio.recordings().withSegmenter(Segmenter.voiceActivity()));
 * }</pre>
 *
 * <p>Segments without speech (silence, a noise floor) become a {@link Failure} each, of kind {@code
 * NO_SPEECH}; by voice activity there are none. The content determines the format, not the suffix.
 * Works on bounded and unbounded input; segments keep the timestamp and window of their recording.
 * A recording that cannot be decoded becomes exactly one {@link Failure}; one that fails half-way
 * has emitted the segments before. Retried bundles repeat the same segments with the same ids.
 * Segments after a recording's first minute are reshuffled, so that one long recording feeds all
 * workers; on runners that reshuffle by key, 64 of them: apply a {@code Reshuffle} to its output
 * for more.
 */
@AutoValue
public abstract class DecodeAudio extends PTransform<PCollection<Recording>, DecodeAudio.Result> {
  static final String STAGE = "DecodeAudio";

  /**
   * Keys of the reshuffle where a runner groups by them: enough for workers, few enough to batch.
   */
  private static final int BUCKETS = 64;

  DecodeAudio() {}

  abstract Segmenter segmenter();

  abstract ChannelMode channels();

  abstract DecoderLimits limits();

  abstract int sampleRate();

  abstract DecoderIsolation isolation();

  abstract AllowedRoots roots();

  abstract StreamChoice stream();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setSegmenter(Segmenter segmenter);

    abstract Builder setChannels(ChannelMode channels);

    abstract Builder setLimits(DecoderLimits limits);

    abstract Builder setSampleRate(int sampleRate);

    abstract Builder setIsolation(DecoderIsolation isolation);

    abstract Builder setRoots(AllowedRoots roots);

    abstract Builder setStream(StreamChoice stream);

    abstract DecodeAudio build();
  }

  /**
   * Decodes all audio streams to 16 kHz, the channels of each mixed, cut by voice activity, with
   * default limits.
   */
  public static DecodeAudio recordings() {
    return new AutoValue_DecodeAudio.Builder()
        .setSegmenter(Segmenter.voiceActivity())
        .setChannels(ChannelMode.MIX)
        .setLimits(DecoderLimits.defaults())
        .setSampleRate(SampleSink.SPEECH_RATE)
        .setIsolation(DecoderIsolation.inProcess())
        .setRoots(AllowedRoots.everywhere())
        .setStream(StreamChoice.all())
        .build();
  }

  /** Where to cut; default {@link Segmenter#voiceActivity()}. */
  public DecodeAudio withSegmenter(Segmenter segmenter) {
    return toBuilder().setSegmenter(segmenter).build();
  }

  /** Whether the channels of a stream are averaged (default) or segmented each for itself. */
  public DecodeAudio withChannels(ChannelMode channels) {
    return toBuilder().setChannels(channels).build();
  }

  /**
   * Which audio streams of a file are decoded; default {@link StreamChoice#all()}, so that no
   * speech is lost. The channels of several streams are numbered one stream after the other.
   */
  public DecodeAudio withStream(StreamChoice stream) {
    return toBuilder().setStream(stream).build();
  }

  /** Bounds on what one recording may take; default {@link DecoderLimits#defaults()}. */
  public DecodeAudio withLimits(DecoderLimits limits) {
    return toBuilder().setLimits(limits).build();
  }

  /**
   * The same, but a recording that is longer than some seconds fails there. Segments before that
   * come out.
   */
  @Internal
  public DecodeAudio upTo(double seconds) {
    return withLimits(limits().withMaxSeconds(Math.min(seconds, limits().maxSeconds())));
  }

  /** Rate of the segments in Hz, 1,000 to 768,000; default 16,000. */
  public DecodeAudio withSampleRate(int sampleRate) {
    checkArgument(
        sampleRate >= 1_000 && sampleRate <= 768_000,
        "sampleRate is %s, but must lie in 1000..768000 Hz",
        sampleRate);
    return toBuilder().setSampleRate(sampleRate).build();
  }

  /** Where native decoders run; default {@link DecoderIsolation#inProcess()}. */
  public DecodeAudio withIsolation(DecoderIsolation isolation) {
    return toBuilder().setIsolation(isolation).build();
  }

  /**
   * Where files may lie; default {@link AllowedRoots#everywhere()}. Set it where recordings are
   * named by others, as in messages: each one outside becomes a failure of kind {@code FORBIDDEN}.
   */
  public DecodeAudio withAllowedRoots(AllowedRoots roots) {
    return toBuilder().setRoots(roots).build();
  }

  AudioDecoder decoder() {
    return new AudioDecoder(limits(), channels(), sampleRate(), isolation(), stream());
  }

  @Override
  public Result expand(PCollection<Recording> recordings) {
    // The record of a recording in sections would wait for the end of its window.
    boolean sectioned = recordings.isBounded() == PCollection.IsBounded.BOUNDED;
    PCollectionTuple decoded =
        recordings.apply(
            "Decode",
            ParDo.of(new DecodeFn(this, sectioned))
                .withOutputTags(
                    DecodeFn.SEGMENTS,
                    TupleTagList.of(DecodeFn.LOCAL_SEGMENTS)
                        .and(DecodeFn.SECTIONS)
                        .and(DecodeFn.RECORDINGS)
                        .and(DecodeFn.FAILURES)));
    List<PCollectionTuple> outputs = new ArrayList<>(List.of(decoded));
    List<PCollection<SpeechSegment>> segments = new ArrayList<>();
    segments.add(
        decoded
            .get(DecodeFn.SEGMENTS)
            .apply("Spread", Reshuffle.<SpeechSegment>viaRandomKey().withNumBuckets(BUCKETS)));
    PCollection<KV<Recording, SectionEntry>> sections =
        decoded.get(DecodeFn.SECTIONS).setCoder(DecodeSections.CODER);
    if (sectioned) {
      PCollectionTuple ofSections = sections.apply("DecodeSections", new DecodeSections(this));
      outputs.add(ofSections);
      // Sections are spread already.
      segments.add(ofSections.get(DecodeFn.SEGMENTS));
    }
    outputs.forEach(each -> segments.add(each.get(DecodeFn.LOCAL_SEGMENTS)));
    return new Result(
        recordings.getPipeline(),
        PCollectionList.of(segments).apply("AllSegments", Flatten.pCollections()),
        all(outputs, DecodeFn.RECORDINGS, "AllRecordings"),
        all(outputs, DecodeFn.FAILURES, "AllFailures"));
  }

  private static <T> PCollection<T> all(
      List<PCollectionTuple> outputs, TupleTag<T> tag, String name) {
    if (outputs.size() == 1) {
      return outputs.get(0).get(tag);
    }
    List<PCollection<T>> each = outputs.stream().map(tuple -> tuple.get(tag)).toList();
    return PCollectionList.of(each).apply(name, Flatten.pCollections());
  }

  /** Opens what a recording names, or its bytes. */
  SeekableByteChannel open(Recording recording) throws DecodeException, IOException {
    if (recording.problem() != null) {
      throw new DecodeException(FailureKind.UNREADABLE, recording.problem());
    }
    return recording.encoded() != null
        ? EncodedBytes.of(recording.encoded())
        : EncodedBytes.open(roots().resolve(requireNonNull(recording.uri())));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("segmenter", segmenter().toString()).withLabel("Segmenter"));
    builder.add(DisplayData.item("channels", channels().name()).withLabel("Channels"));
    builder.add(DisplayData.item("stream", stream().toString()).withLabel("Streams"));
    builder.add(DisplayData.item("sampleRate", sampleRate()).withLabel("Sampling rate in Hz"));
    builder.add(
        DisplayData.item("isolated", isolation().childProcess())
            .withLabel("Native decoders in child processes"));
    builder.add(DisplayData.item("allowedRoots", roots().toString()).withLabel("Allowed roots"));
  }

  static Failure failure(Recording recording, DecodeException e) {
    return Failure.of(STAGE, e.kind(), recording.id(), recording.id(), e.getMessage())
        .withMetadata(recording.metadata());
  }

  static Failure noSpeech(SegmentRef segment, String reason) {
    return Failure.at(
            STAGE,
            FailureKind.NO_SPEECH,
            segment.id(),
            segment.recording(),
            segment.startSeconds(),
            reason)
        .withMetadata(segment.metadata());
  }

  static Failure missed(Recording recording, Span span, String reason) {
    String item = recording.id() + "#" + span.startSeconds() + "-" + span.endSeconds();
    return Failure.at(STAGE, FailureKind.UNFIT, item, recording.id(), span.startSeconds(), reason)
        .withMetadata(recording.metadata());
  }

  /**
   * What came out of the recordings.
   *
   * @param pipeline the pipeline
   * @param segments the segments
   * @param recordings one record for each recording that was decoded to its end
   * @param failures one record for each recording, segment or given span that yielded nothing
   */
  public record Result(
      Pipeline pipeline,
      PCollection<SpeechSegment> segments,
      PCollection<DecodedRecording> recordings,
      PCollection<Failure> failures)
      implements POutput {

    @Override
    public Pipeline getPipeline() {
      return pipeline;
    }

    @Override
    public Map<TupleTag<?>, PValue> expand() {
      return Map.of(
          DecodeFn.SEGMENTS, segments,
          DecodeFn.RECORDINGS, recordings,
          DecodeFn.FAILURES, failures);
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {}
  }
}
