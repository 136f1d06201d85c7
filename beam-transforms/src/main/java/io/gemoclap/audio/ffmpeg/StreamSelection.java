package io.gemoclap.audio.ffmpeg;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeNote;
import io.gemoclap.audio.pcm.EnergySink;
import io.gemoclap.audio.pcm.FloatScale;
import io.gemoclap.audio.pcm.PcmSink;
import io.gemoclap.audio.pcm.PcmSource;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.pcm.StreamSinks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses among the audio streams of an input that FFmpeg opens, and decodes the chosen ones. */
final class StreamSelection {
  private static final int FRUITLESS_PACKETS = 1_000;

  /** Opens the input; each time from its start. */
  interface Opening {
    FfmpegInput open() throws DecodeException, IOException;
  }

  /** A stream and what takes its samples. */
  private record Target<S extends PcmSink>(FfmpegStream stream, S sink) {}

  private final Opening opening;
  private final StreamChoice choice;
  private final Set<String> notes = new LinkedHashSet<>();

  StreamSelection(Opening opening, StreamChoice choice) {
    this.opening = opening;
    this.choice = choice;
  }

  PcmSource.Summary decode(StreamSinks sinks) throws DecodeException, IOException {
    int loudest;
    try (FfmpegInput input = opening.open()) {
      if (choice.rule() != StreamChoice.Rule.LOUDEST || input.audioStreams().size() == 1) {
        return decode(input, 0, sinks);
      }
      loudest = loudest(input);
    }
    try (FfmpegInput input = opening.open()) {
      return decode(input, loudest, sinks);
    }
  }

  private PcmSource.Summary decode(FfmpegInput input, int loudest, StreamSinks sinks)
      throws DecodeException, IOException {
    List<FfmpegStream> streams = open(input, loudest);
    try {
      describe(input, streams);
      List<Target<PcmSink>> targets = new ArrayList<>();
      List<FloatScale> scales = new ArrayList<>();
      for (FfmpegStream stream : streams) {
        targets.add(new Target<>(stream, scaled(stream, sinks, input, scales)));
      }
      run(input, targets);
      for (FloatScale scale : scales) {
        notes.addAll(scale.finish());
      }
      if (input.laterAudio()) {
        notes.add(DecodeNote.OTHER_STREAMS.with("one begins too late to be decoded"));
      }
      return summary(input, streams);
    } finally {
      streams.forEach(FfmpegStream::close);
    }
  }

  /**
   * The sink of a stream; where its codec stores floats as they are, their scale is found first.
   */
  private static PcmSink scaled(
      FfmpegStream stream, StreamSinks sinks, FfmpegInput input, List<FloatScale> scales)
      throws DecodeException {
    PcmSink sink = sinks.open(stream.announcedChannels(), input.discontinuous());
    if (!FfmpegFormats.FLOATS.contains(stream.codec())) {
      return sink;
    }
    FloatScale scale = new FloatScale(sink);
    scales.add(scale);
    return scale;
  }

  /** Number of the stream with the most energy, from 0 among the audio streams. */
  private static int loudest(FfmpegInput input) throws DecodeException, IOException {
    List<FfmpegStream> streams = openAll(input, input.audioStreams(), new LinkedHashSet<>());
    try {
      List<Target<EnergySink>> measured =
          streams.stream().map(stream -> new Target<>(stream, new EnergySink())).toList();
      run(input, measured);
      double most = -1;
      int loudest = 0;
      for (Target<EnergySink> each : measured) {
        double energy = each.sink().energy();
        if (energy > most) {
          most = energy;
          loudest = input.audioStreams().indexOf(each.stream().index());
        }
      }
      return loudest;
    } finally {
      streams.forEach(FfmpegStream::close);
    }
  }

  private List<FfmpegStream> open(FfmpegInput input, int loudest)
      throws DecodeException, IOException {
    List<Integer> all = input.audioStreams();
    return switch (choice.rule()) {
      case ALL -> openAll(input, all, notes);
      case FIRST -> openFirst(input, all);
      case LOUDEST -> openAll(input, List.of(all.get(Math.min(loudest, all.size() - 1))), notes);
      case NUMBER -> {
        choice.requireAmong(all.size());
        yield openAll(input, List.of(all.get(choice.number() - 1)), notes);
      }
    };
  }

  /** Opens what can be opened; throws for the first one if nothing can. */
  private static List<FfmpegStream> openAll(
      FfmpegInput input, List<Integer> indices, Set<String> notes) throws DecodeException {
    List<FfmpegStream> streams = new ArrayList<>();
    DecodeException failure = null;
    for (int index : indices) {
      try {
        streams.add(new FfmpegStream(input, index));
      } catch (DecodeException e) {
        failure = failure == null ? e : failure;
        notes.add(undecoded(input, index, e));
      }
    }
    if (streams.isEmpty()) {
      throw failure;
    }
    return streams;
  }

  private List<FfmpegStream> openFirst(FfmpegInput input, List<Integer> indices)
      throws DecodeException {
    DecodeException failure = null;
    for (int index : indices) {
      try {
        return List.of(new FfmpegStream(input, index));
      } catch (DecodeException e) {
        failure = failure == null ? e : failure;
        notes.add(undecoded(input, index, e));
      }
    }
    throw failure;
  }

  private static String undecoded(FfmpegInput input, int index, DecodeException e) {
    int number = input.audioStreams().indexOf(index) + 1;
    return DecodeNote.UNDECODED_STREAM.with("stream %d: %s", number, e.getMessage());
  }

  private void describe(FfmpegInput input, List<FfmpegStream> streams) {
    int available = input.audioStreams().size();
    String used =
        streams.stream()
            .map(stream -> Integer.toString(input.audioStreams().indexOf(stream.index()) + 1))
            .collect(Collectors.joining(", "));
    if (choice.rule() == StreamChoice.Rule.ALL && available > 1) {
      notes.add(DecodeNote.SEVERAL_STREAMS.with("%d audio streams, decoded: %s", available, used));
    } else if (available > streams.size()) {
      notes.add(DecodeNote.OTHER_STREAMS.with("%d audio streams, decoded: %s", available, used));
    }
  }

  /** Decodes to the end of the input. */
  private static void run(FfmpegInput input, List<? extends Target<?>> targets)
      throws DecodeException, IOException {
    input.keep(targets.stream().map(target -> target.stream().index()).collect(Collectors.toSet()));
    while (fruitful(targets) && input.next()) {
      for (Target<?> target : targets) {
        if (input.packetIsOf(target.stream().index())) {
          target.stream().decode(input.packet(), target.sink());
        }
      }
    }
    for (Target<?> target : targets) {
      target.stream().finish(target.sink());
    }
  }

  private static boolean fruitful(List<? extends Target<?>> targets) {
    long frames = 0;
    long bad = 0;
    for (Target<?> target : targets) {
      frames += target.stream().frames();
      bad += target.stream().badPackets();
    }
    return frames > 0 || bad < FRUITLESS_PACKETS;
  }

  private PcmSource.Summary summary(FfmpegInput input, List<FfmpegStream> streams) {
    double declared = Double.NaN;
    long badPackets = 0;
    boolean endsEarly = input.brokenOff();
    for (FfmpegStream stream : streams) {
      double end = input.declaredEnd(stream.index());
      declared = Double.isNaN(declared) || end > declared ? end : declared;
      badPackets += stream.badPackets();
      endsEarly |= stream.lastPacketBad();
    }
    return new PcmSource.Summary(
        input.container(), streams.get(0).codec(), declared, badPackets, endsEarly, notes);
  }
}
