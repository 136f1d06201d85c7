package io.gemoclap.audio.decode;

import io.gemoclap.audio.container.ByteSource;
import io.gemoclap.audio.container.Completeness;
import io.gemoclap.audio.container.DataChunk;
import io.gemoclap.audio.container.Magic;
import io.gemoclap.audio.container.SectionEntries;
import io.gemoclap.audio.container.SectionEntry;
import io.gemoclap.audio.container.SectionFile;
import io.gemoclap.audio.container.WavReader;
import io.gemoclap.audio.ffmpeg.FfmpegDecoder;
import io.gemoclap.audio.ffmpeg.FfmpegNatives;
import io.gemoclap.audio.ffmpeg.FfmpegTransforms;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.PcmSource;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.pcm.Sections;
import io.gemoclap.audio.pcm.SizeClaim;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.pcm.StreamSinks;
import io.gemoclap.audio.signal.PreprocessedRates;
import io.gemoclap.audio.signal.PreprocessedStreams;
import io.gemoclap.audio.signal.Preprocessing;
import io.gemoclap.audio.signal.SectionStart;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.failure.FaultPolicy;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
  private final Sections sections;

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
    this(limits, mode, outputRate, isolation, choice, true, Sections.DEFAULT);
  }

  AudioDecoder(
      DecoderLimits limits,
      ChannelMode mode,
      int outputRate,
      DecoderIsolation isolation,
      StreamChoice choice,
      boolean highPassed,
      Sections sections) {
    if (outputRate < 1_000 || outputRate > 768_000) {
      throw new IllegalArgumentException(
          "outputRate is " + outputRate + ", but must be 1000 to 768000 Hz.");
    }
    this.limits = limits;
    this.mode = mode;
    this.outputRate = outputRate;
    this.choice = choice;
    this.highPassed = highPassed;
    this.sections = sections;
    this.children = isolation.childProcess() ? new DecoderChildren(isolation) : null;
  }

  /** A decoder that leaves offset and rumble in, to compare samples with those of others. */
  public static AudioDecoder unfiltered(DecoderLimits limits, ChannelMode mode, int outputRate) {
    return unfiltered(
        limits, mode, outputRate, DecoderIsolation.inProcess(), StreamChoice.loudest());
  }

  /** A decoder that leaves offset and rumble in, to pass the sound on as it is. */
  public static AudioDecoder unfiltered(
      DecoderLimits limits,
      ChannelMode mode,
      int outputRate,
      DecoderIsolation isolation,
      StreamChoice choice) {
    return new AudioDecoder(limits, mode, outputRate, isolation, choice, false, Sections.DEFAULT);
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
    PreprocessedRates rates = rates(sinks, deadline);
    try {
      OpenRecording recording = OpenRecording.of(encoded, deadline, limits);
      return decode(recording, name, rates, 0, () -> false).report();
    } catch (IOException e) {
      FaultPolicy.throwIfOfWorker(e);
      throw DecodeException.unreadable("The recording could not be read", e);
    }
  }

  /**
   * Where the sections of a long recording can be decoded, each by {@link #decodeSection}; empty if
   * the recording must be decoded as one, or cannot be decoded. Reads FLAC and MP3 files
   * completely.
   *
   * @throws io.gemoclap.failure.WorkerFaultException if this machine lacks a resource
   */
  public List<SectionEntry> sections(SeekableByteChannel encoded) {
    try {
      OpenRecording recording =
          OpenRecording.of(encoded, new Deadline(limits.maxWallTime()), limits);
      choice.requireAmong(1);
      return SectionEntries.of(recording.magic(), recording.bytes(), sections);
    } catch (DecodeException e) {
      // Decoding it as one throws the same.
      return List.of();
    } catch (IOException e) {
      FaultPolicy.throwIfOfWorker(e);
      return List.of();
    }
  }

  /**
   * Decodes a recording from one of its {@link #sections} on. From the start of the section on, the
   * sink gets the samples that {@link #decode(SeekableByteChannel, String, SampleSink)} would give
   * it, until it has enough.
   *
   * @param entry one of {@link #sections}
   * @param enough whether the sink needs no more samples
   * @return what is known of the section; the limits apply to each section
   * @throws DecodeException as the other method
   */
  public DecodedPart decodeSection(
      SeekableByteChannel encoded,
      String name,
      SectionEntry entry,
      SampleSink sink,
      BooleanSupplier enough)
      throws DecodeException {
    try {
      return decodeFrom(encoded, name, entry, sink, enough);
    } catch (SectionStart.MissedException e) {
      // The sink has got nothing yet. From the start, each decoder gives the right samples.
      SectionEntry start = new SectionEntry(entry.section(), entry.count(), 0, 0, new byte[0]);
      return decodeFrom(encoded, name, start, sink, enough);
    }
  }

  private DecodedPart decodeFrom(
      SeekableByteChannel encoded,
      String name,
      SectionEntry entry,
      SampleSink sink,
      BooleanSupplier enough)
      throws DecodeException {
    Deadline deadline = new Deadline(limits.maxWallTime());
    SectionStart start = new SectionStart(entry.section(), entry.sample());
    Preprocessing settings =
        new Preprocessing(
            limits,
            mode,
            outputRate,
            highPassed,
            deadline,
            FfmpegTransforms::ofSize,
            sections,
            start);
    PreprocessedRates rates =
        new PreprocessedRates(List.of(new PreprocessedStreams(settings, sink)));
    try {
      OpenRecording recording = OpenRecording.of(encoded, deadline, limits);
      SectionFile file = new SectionFile(recording.channel(), entry, enough);
      DecodedPart part = decode(recording.through(file), name, rates, entry.sample(), enough);
      return entry.section() + 1 < entry.count() ? part.withoutNextSections() : part;
    } catch (IOException e) {
      FaultPolicy.throwIfOfWorker(e);
      throw DecodeException.unreadable("The recording could not be read", e);
    }
  }

  private DecodedPart decode(
      OpenRecording recording,
      String name,
      PreprocessedRates rates,
      long first,
      BooleanSupplier enough)
      throws DecodeException, IOException {
    Magic magic = recording.magic();
    ByteSource source = recording.bytes();
    Optional<WavReader> wav = magic == Magic.WAVE ? WavReader.open(source) : Optional.empty();
    PcmSource.Summary summary;
    if (wav.isPresent()) {
      choice.requireAmong(1);
      summary = wav.get().decode(rates.open(1, false), first);
    } else {
      summary = byFfmpeg(recording, name, rates);
    }
    if (enough.getAsBoolean()) {
      return DecodedPart.brokenOff(summary, rates.first().totals());
    }
    rates.flush();
    if (!rates.first().begun()) {
      throw nothing(magic, summary);
    }
    boolean cutOff = wav.isEmpty() && Completeness.endsEarly(magic, source);
    return new DecodedPart(
        summary.noting(recording.envelope().notes()), rates.first().totals(), cutOff);
  }

  private PcmSource.Summary byFfmpeg(OpenRecording recording, String name, StreamSinks sinks)
      throws DecodeException, IOException {
    ByteSource source = recording.bytes();
    Optional<DataChunk> data = DataChunk.find(recording.magic(), source);
    if (data.isEmpty()) {
      return byFfmpeg(recording.channel(), recording.deadline(), recording.magic(), name, sinks);
    }
    SizeClaim claim = data.get().claim(source);
    SeekableByteChannel corrected = data.get().corrected(recording.channel(), claim);
    return byFfmpeg(corrected, recording.deadline(), recording.magic(), name, sinks)
        .claimed(claim, data.get().beyondHeader(claim));
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
                        limits,
                        mode,
                        rate,
                        highPassed,
                        deadline,
                        FfmpegTransforms::ofSize,
                        sections,
                        SectionStart.FIRST),
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

  private static String suffix(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return last.length() < name.length() && last.matches("[a-z0-9]{1,5}") ? last : "";
  }
}
