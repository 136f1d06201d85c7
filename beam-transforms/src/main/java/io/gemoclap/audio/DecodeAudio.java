package io.gemoclap.audio;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.auto.value.AutoValue;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.decode.DecoderIsolation;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.failure.ErrorHandlers;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.annotations.Internal;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.errorhandling.BadRecord;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

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
 * <p>Segments without speech become a {@link Failure} each, of kind {@code NO_SPEECH}: silence and
 * steady noise, where the segments are not cut by voice activity, and in any case sounds whose
 * {@linkplain #withSpeechThreshold speech probability} is low, such as music. The content
 * determines the format, not the suffix. Works on bounded and unbounded input; segments keep the
 * timestamp and window of their recording. A recording that cannot be decoded becomes exactly one
 * {@link Failure}; one that fails half-way has emitted the segments before. Retried bundles repeat
 * the same segments with the same ids. Segments after a recording's first minute are reshuffled, so
 * that one long recording feeds all workers; on runners that reshuffle by key, 64 of them: apply a
 * {@code Reshuffle} to its output for more.
 */
@AutoValue
public abstract class DecodeAudio extends PTransform<PCollection<Recording>, DecodeAudio.Result> {
  static final String STAGE = "DecodeAudio";

  /** The default of {@link #withSpeechThreshold}. */
  public static final double SPEECH_THRESHOLD = 0.35;

  DecodeAudio() {}

  abstract Segmenter segmenter();

  abstract ChannelMode channels();

  abstract DecoderLimits limits();

  abstract int sampleRate();

  abstract DecoderIsolation isolation();

  abstract AllowedRoots roots();

  abstract StreamChoice stream();

  abstract double speechThreshold();

  @Nullable
  abstract ErrorHandler<BadRecord, ?> errorHandler();

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

    abstract Builder setSpeechThreshold(double speechThreshold);

    abstract Builder setErrorHandler(@Nullable ErrorHandler<BadRecord, ?> errorHandler);

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
        .setSpeechThreshold(SPEECH_THRESHOLD)
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

  /**
   * The least probability of speech that a segment needs, 0 to 1; default {@link
   * #SPEECH_THRESHOLD}. A segment below it becomes a failure of kind {@code NO_SPEECH}. With 0, no
   * segment does. All segments carry their {@linkplain SegmentRef#speechProbability probability};
   * at sampling rates below 8,000 Hz, it is unknown, and no segment fails.
   */
  public DecodeAudio withSpeechThreshold(double threshold) {
    checkArgument(
        threshold >= 0 && threshold <= 1, "speechThreshold is %s, but must lie in 0..1", threshold);
    return toBuilder().setSpeechThreshold(threshold).build();
  }

  /** The settings without what is for the construction of the pipeline alone. */
  private DecodeAudio onWorkers() {
    return toBuilder().setErrorHandler(null).build();
  }

  AudioDecoder decoder() {
    return new AudioDecoder(limits(), channels(), sampleRate(), isolation(), stream());
  }

  /**
   * Gives each failure to Beam's error handler too, as {@link io.gemoclap.failure.ToBadRecords}
   * converts it. It stays in {@link Result#failures}. Default: none.
   */
  public DecodeAudio withBadRecordErrorHandler(ErrorHandler<BadRecord, ?> handler) {
    return toBuilder().setErrorHandler(handler).build();
  }

  @Override
  public Result expand(PCollection<Recording> recordings) {
    SegmentStage<SpeechSegment> stage = SegmentStage.none();
    PCollectionTuple decoded = new DecodeWithStage<>(onWorkers(), stage).expand(recordings);
    ErrorHandlers.handle(errorHandler(), decoded.get(DecodeWithStage.FAILURES));
    return new Result(
        recordings.getPipeline(),
        PCollectionList.of(decoded.get(stage.results()))
            .and(decoded.get(DecodeWithStage.SPREAD))
            .apply("AllSegments", Flatten.pCollections()),
        decoded.get(DecodeWithStage.RECORDINGS),
        decoded.get(DecodeWithStage.FAILURES));
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
    builder.add(
        DisplayData.item("speechThreshold", speechThreshold())
            .withLabel("Least probability of speech"));
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
        .withMetadata(recording.metadata(span));
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
          DecodeWithStage.SPREAD, segments,
          DecodeWithStage.RECORDINGS, recordings,
          DecodeWithStage.FAILURES, failures);
    }

    @Override
    public void finishSpecifyingOutput(
        String transformName, PInput input, PTransform<?, ?> transform) {}
  }
}
