package io.gemoclap.audio.decode;

import io.gemoclap.audio.container.ByteSource;
import io.gemoclap.audio.container.Completeness;
import io.gemoclap.audio.container.DataChunk;
import io.gemoclap.audio.container.Envelope;
import io.gemoclap.audio.container.ForeignKind;
import io.gemoclap.audio.container.Magic;
import io.gemoclap.audio.container.WavReader;
import io.gemoclap.audio.ffmpeg.FfmpegDecoder;
import io.gemoclap.audio.ffmpeg.FfmpegNatives;
import io.gemoclap.audio.ffmpeg.FfmpegTransforms;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeNote;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.PcmSource;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.pcm.SizeClaim;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.pcm.StreamSinks;
import io.gemoclap.audio.signal.PreprocessedRates;
import io.gemoclap.audio.signal.PreprocessedStreams;
import io.gemoclap.audio.signal.Preprocessing;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.FaultPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a recording of any common format into float samples at one rate, in bounded memory.
 *
 * <p>WAVE files whose sample format is known are read in Java, all others by FFmpeg, from the given
 * bytes alone: no file name in them is ever opened. Channels are mixed by their mean, unless they
 * cancel each other ({@link ChannelMode#MIX}), or kept apart. Content below 30 Hz, such as an
 * offset or rumble, is removed. {@code n} samples at {@code r} Hz become {@code round(n *
 * outputRate / r)}. Sample {@code i} of a channel lies at media time {@code i / outputRate}: a late
 * start and gaps in timestamps are filled with silence.
 *
 * <p>Thread-safe: any number of threads may decode at once, each its own channel. Where FFmpeg runs
 * in child processes, {@link #close} ends them.
 *
 * @hidden
 */
@Internal
public final class AudioDecoder implements AutoCloseable {
  private final DecoderLimits limits;
  private final ChannelMode mode;
  private final int outputRate;
  private final StreamChoice choice;
  private final boolean highPassed;

  /** Null where FFmpeg runs in this process. */
  private final @Nullable DecoderChildren children;

  /** A decoder whose native part runs in this process. */
  public AudioDecoder(DecoderLimits limits, ChannelMode mode, int outputRate) {
    this(limits, mode, outputRate, DecoderIsolation.inProcess());
  }

  /** A decoder of the loudest audio stream, so that a file without split channels gives one. */
  public AudioDecoder(
      DecoderLimits limits, ChannelMode mode, int outputRate, DecoderIsolation isolation) {
    this(limits, mode, outputRate, isolation, StreamChoice.loudest());
  }

  /**
   * A decoder with fixed settings.
   *
   * @param limits bounds on what is decoded
   * @param mode mix the channels or keep them apart
   * @param outputRate rate of the samples in Hz, 1,000 to 768,000
   * @param isolation where FFmpeg runs
   * @param choice which audio streams of a file are decoded
   * @throws IllegalArgumentException if {@code outputRate} is outside its range
   */
  public AudioDecoder(
      DecoderLimits limits,
      ChannelMode mode,
      int outputRate,
      DecoderIsolation isolation,
      StreamChoice choice) {
    this(limits, mode, outputRate, isolation, choice, true);
  }

  private AudioDecoder(
      DecoderLimits limits,
      ChannelMode mode,
      int outputRate,
      DecoderIsolation isolation,
      StreamChoice choice,
      boolean highPassed) {
    if (outputRate < 1_000 || outputRate > 768_000) {
      throw new IllegalArgumentException(
          "outputRate is " + outputRate + ", but must be 1000 to 768000 Hz.");
    }
    this.limits = limits;
    this.mode = mode;
    this.outputRate = outputRate;
    this.choice = choice;
    this.highPassed = highPassed;
    this.children = isolation.childProcess() ? new DecoderChildren(isolation) : null;
  }

  /** A decoder that leaves offset and rumble in, to compare samples with those of others. */
  public static AudioDecoder unfiltered(DecoderLimits limits, ChannelMode mode, int outputRate) {
    return new AudioDecoder(
        limits, mode, outputRate, DecoderIsolation.inProcess(), StreamChoice.loudest(), false);
  }

  /**
   * Decodes a whole recording and pushes its samples into a sink.
   *
   * <p>A damaged recording that yields samples is not a failure: the report says what is wrong.
   * When this method fails, the sink may have got some samples already.
   *
   * @param encoded the bytes of the recording; read from position 0, and not closed
   * @param name the name of the recording, of which only a suffix such as {@code .mp3} is used, to
   *     recognise files with ambiguous content; may be empty
   * @param sink takes the samples
   * @return the properties of the recording
   * @throws DecodeException NO_AUDIO for an empty file, a file without a sample or without an audio
   *     stream; UNSUPPORTED for bytes or codecs that are not known; CORRUPT for a known format from
   *     which nothing could be decoded; LIMIT and TIMEOUT beyond {@link DecoderLimits}; UNREADABLE
   *     if the channel fails; CRASH if the child process of FFmpeg died; or what the sink throws
   * @throws io.gemoclap.failure.WorkerFaultException if FFmpeg cannot be loaded or started, or if
   *     this machine lacks a resource
   */
  public DecodeReport decode(SeekableByteChannel encoded, String name, SampleSink sink)
      throws DecodeException {
    return decode(encoded, name, Map.of(outputRate, sink));
  }

  /**
   * Decodes a whole recording once and pushes its samples into several sinks, each at a rate of its
   * own; every sink gets what {@link #decode(SeekableByteChannel, String, SampleSink)} of a decoder
   * with that rate would give it.
   *
   * @param sinks at least one, by the rate of its samples in Hz, 1,000 to 768,000, in place of this
   *     decoder's own
   * @throws DecodeException as {@link #decode(SeekableByteChannel, String, SampleSink)}
   */
  public DecodeReport decode(
      SeekableByteChannel encoded, String name, Map<Integer, SampleSink> sinks)
      throws DecodeException {
    Deadline deadline = new Deadline(limits.maxWallTime());
    ByteSource file = new ByteSource(encoded, deadline);
    PreprocessedRates rates = rates(sinks, deadline);
    PreprocessedStreams streams = rates.first();
    try {
      checkSize(file.size());
      Envelope envelope = Envelope.of(file);
      Magic magic = envelope.magic();
      SeekableByteChannel recording = envelope.view(encoded);
      ByteSource source = new ByteSource(recording, deadline);
      refuse(envelope, source);
      Optional<WavReader> wav = magic == Magic.WAVE ? WavReader.open(source) : Optional.empty();
      PcmSource.Summary summary;
      if (wav.isPresent()) {
        choice.requireAmong(1);
        summary = wav.get().decode(rates.open(1, false));
      } else {
        Optional<DataChunk> data = DataChunk.find(magic, source);
        if (data.isPresent()) {
          SizeClaim claim = data.get().claim(source);
          summary =
              byFfmpeg(data.get().corrected(recording, claim), deadline, magic, name, rates)
                  .claimed(claim, data.get().beyondHeader(claim));
        } else {
          summary = byFfmpeg(recording, deadline, magic, name, rates);
        }
      }
      rates.flush();
      if (!streams.begun()) {
        throw nothing(magic, summary);
      }
      summary = summary.noting(envelope.notes());
      boolean cutOff = wav.isEmpty() && Completeness.endsEarly(magic, source);
      return report(summary, streams, cutOff);
    } catch (IOException e) {
      FaultPolicy.throwIfOfWorker(e);
      throw DecodeException.unreadable("The recording could not be read", e);
    }
  }

  private PcmSource.Summary byFfmpeg(
      SeekableByteChannel recording, Deadline deadline, Magic magic, String name, StreamSinks sinks)
      throws DecodeException, IOException {
    return children == null
        ? new FfmpegDecoder(recording, deadline, magic, suffix(name), choice).decode(sinks)
        : children.decode(recording, deadline, magic, suffix(name), choice, sinks);
  }

  /**
   * Checks that FFmpeg works on this machine, where it will run: in this process or in a child.
   *
   * @throws io.gemoclap.failure.WorkerFaultException if it does not, with the remedy
   */
  public void requireNatives() {
    if (children == null) {
      FfmpegNatives.require();
    } else {
      children.requireNatives();
    }
  }

  private PreprocessedRates rates(Map<Integer, SampleSink> sinks, Deadline deadline) {
    if (sinks.isEmpty()) {
      throw new IllegalArgumentException("There is no sink for the samples");
    }
    List<PreprocessedStreams> all = new ArrayList<>();
    sinks.forEach(
        (rate, sink) ->
            all.add(
                new PreprocessedStreams(
                    new Preprocessing(
                        limits, mode, rate, highPassed, deadline, FfmpegTransforms::ofSize),
                    sink)));
    return new PreprocessedRates(all);
  }

  /** Ends the child processes, if there are any that wait; afterwards nothing may be decoded. */
  @Override
  public void close() {
    if (children != null) {
      children.close();
    }
  }

  private void checkSize(long size) throws DecodeException {
    if (size == 0) {
      throw new DecodeException(FailureKind.NO_AUDIO, "The file is empty (0 bytes).");
    }
    if (size > limits.maxBytes()) {
      throw new DecodeException(
          FailureKind.LIMIT,
          "The file has %s bytes, more than %s (DecoderLimits.withMaxBytes)."
              .formatted(size, limits.maxBytes()));
    }
  }

  private static DecodeException nothing(Magic magic, PcmSource.Summary summary) {
    if (magic == Magic.UNKNOWN) {
      return DecodeException.unknownFormat();
    }
    boolean promised = summary.declaredSeconds() > 0;
    boolean damaged = promised || summary.badPackets() > 0 || summary.endsEarly();
    return damaged
        ? new DecodeException(
            FailureKind.CORRUPT,
            "The file is %s (%s), but nothing in it could be decoded."
                .formatted(summary.container(), summary.codec()))
        : new DecodeException(
            FailureKind.NO_AUDIO,
            "The file is valid %s, but contains no samples.".formatted(summary.container()));
  }

  private static DecodeReport report(
      PcmSource.Summary summary, PreprocessedStreams streams, boolean cutOff) {
    double missing = summary.declaredSeconds() - streams.endSeconds();
    boolean truncated = cutOff || Completeness.endsEarly(summary, streams.endSeconds());
    List<String> notes = new ArrayList<>();
    if (truncated) {
      notes.add(
          missing >= 0.005
              ? DecodeNote.TRUNCATED.with("%.2f s are missing", missing)
              : DecodeNote.TRUNCATED.code());
    }
    if (summary.badPackets() > 0) {
      notes.add(DecodeNote.BAD_PACKETS.with("%d", summary.badPackets()));
    }
    notes.addAll(summary.notes());
    notes.addAll(streams.notes());
    return new DecodeReport(
        summary.container(),
        summary.codec(),
        streams.sourceRate(),
        streams.sourceChannels(),
        summary.declaredSeconds(),
        streams.endSeconds(),
        summary.badPackets(),
        streams.nonFiniteSamples(),
        truncated,
        streams.outputChannels(),
        notes);
  }

  /** Rejects files without a recording, and SPHERE files compressed with shorten. */
  private static void refuse(Envelope envelope, ByteSource source)
      throws DecodeException, IOException {
    if (envelope.empty()) {
      throw new DecodeException(
          FailureKind.NO_AUDIO, "The file contains tags (ID3 or APE), but no recording.");
    }
    ByteBuffer head = source.bytes(0, Magic.BYTES, ByteOrder.BIG_ENDIAN);
    if (envelope.magic() == Magic.UNKNOWN) {
      Optional<String> sentence = ForeignKind.sentence(head);
      if (sentence.isPresent()) {
        throw new DecodeException(FailureKind.UNSUPPORTED, sentence.get());
      }
    }
    boolean shorten = StandardCharsets.ISO_8859_1.decode(head).toString().contains("embedded-");
    if (envelope.magic() == Magic.SPHERE && shorten) {
      throw new DecodeException(
          FailureKind.UNSUPPORTED,
          "The NIST SPHERE file is compressed inside (shorten); expand it with sph2pipe.");
    }
  }

  private static String suffix(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return last.length() < name.length() && last.matches("[a-z0-9]{1,5}") ? last : "";
  }
}
