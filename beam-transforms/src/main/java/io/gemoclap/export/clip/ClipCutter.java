package io.gemoclap.export.clip;

import static java.util.Objects.requireNonNull;

import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.decode.GuardedDecode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.beam.sdk.annotations.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Decodes recordings once and cuts segments out of them, which may overlap. Memory does not grow
 * with the length of a recording or of a segment: clips are encoded into temporary files. Not
 * thread-safe.
 *
 * @hidden
 */
@Internal
public final class ClipCutter implements AutoCloseable {
  /** Rounding, and codecs whose length is not exact, may move the end of a recording. */
  private static final double TOLERANCE = 0.1;

  private final ClipSettings settings;
  private final AudioDecoder decoder;

  /** Opens a decoder. */
  public ClipCutter(ClipSettings settings) {
    this.settings = settings;
    decoder = settings.decoder();
  }

  /**
   * A stretch of a recording.
   *
   * @param channel as the segments are numbered
   * @param startSeconds media time
   * @param endSeconds media time, after the start
   * @param receiver takes the clip, before its file is deleted
   * @hidden
   */
  public record Cut(int channel, double startSeconds, double endSeconds, Receiver receiver) {}

  /**
   * Takes a clip.
   *
   * @hidden
   */
  @FunctionalInterface
  public interface Receiver {
    /** Takes a clip whose file is deleted afterwards. */
    void accept(Clip clip) throws IOException;
  }

  /**
   * What became of a recording.
   *
   * @param report what was found in it; null if decoding it failed, or ended with the last clip
   * @param failure why cuts that have not been received were not made, or why a recording that was
   *     to be decoded wholly was not; empty if all were
   * @hidden
   */
  public record Outcome(@Nullable DecodeReport report, Optional<DecodeException> failure) {}

  /**
   * Cuts a recording. Receivers get their clips in the order of the ends of the cuts.
   *
   * @param cuts in any order
   * @param wholly whether to decode it to the end, so that the outcome has the report
   * @throws IOException from a receiver, or if the temporary files cannot be written
   * @throws io.gemoclap.failure.WorkerFaultException if this machine lacks a resource
   */
  public Outcome cut(String recording, List<Cut> cuts, boolean wholly) throws IOException {
    try (Sink sink = new Sink(cuts, wholly)) {
      DecodeReport report;
      try {
        report =
            GuardedDecode.of(
                recording,
                () -> settings.roots().open(recording),
                encoded -> decoder.decode(encoded, recording, sink));
      } catch (UncheckedIOException e) {
        throw requireNonNull(e.getCause());
      } catch (DecodeException e) {
        return new Outcome(null, sink.left() == 0 && !wholly ? Optional.empty() : Optional.of(e));
      }
      sink.finish();
      return new Outcome(
          report, sink.left() == 0 ? Optional.empty() : Optional.of(sink.tooShort(report)));
    }
  }

  @Override
  public void close() {
    decoder.close();
  }

  private final class Sink implements SampleSink, AutoCloseable {
    private final boolean wholly;
    private final List<Cut> waiting;
    private final List<Open> open = new ArrayList<>();
    private long[] positions = {};

    Sink(List<Cut> cuts, boolean wholly) {
      this.wholly = wholly;
      waiting = new ArrayList<>(cuts);
      waiting.sort(
          Comparator.comparingDouble(Cut::startSeconds).thenComparingDouble(Cut::endSeconds));
    }

    private record Open(Cut cut, ClipFile file, long start, long end) {}

    @Override
    public void begin(int channels) {
      positions = new long[channels];
    }

    @Override
    public void accept(int channel, float[] samples, int length) throws DecodeException {
      long from = positions[channel];
      long to = from + length;
      positions[channel] = to;
      try {
        open(channel, to);
        for (Iterator<Open> clips = open.iterator(); clips.hasNext(); ) {
          Open clip = clips.next();
          if (clip.cut.channel() == channel && write(clip, samples, from, to)) {
            clips.remove();
            hand(clip);
          }
        }
      } catch (IOException e) {
        throw new GuardedDecode.LaterStageException(new UncheckedIOException(e));
      } catch (RuntimeException e) {
        throw new GuardedDecode.LaterStageException(e);
      }
      if (!wholly && left() == 0) {
        throw new DecodeException(FailureKind.INTERNAL, "All clips have been cut");
      }
    }

    private void open(int channel, long to) throws IOException {
      for (Iterator<Cut> cuts = waiting.iterator(); cuts.hasNext(); ) {
        Cut cut = cuts.next();
        long start = sample(cut.startSeconds());
        if (start >= to) {
          return;
        }
        if (cut.channel() == channel) {
          cuts.remove();
          open.add(
              new Open(
                  cut,
                  new ClipFile(settings.format(), settings.sampleRate()),
                  start,
                  Math.max(start + 1, sample(cut.endSeconds()))));
        }
      }
    }

    private static boolean write(Open clip, float[] samples, long from, long to)
        throws IOException {
      int first = (int) (Math.max(from, clip.start) - from);
      int last = (int) (Math.min(to, clip.end) - from);
      clip.file.write(samples, first, last - first);
      return clip.end <= to;
    }

    private static void hand(Open clip) throws IOException {
      try (ClipFile file = clip.file) {
        clip.cut.receiver().accept(file.finish());
      }
    }

    /** Hands over clips of which only what rounding explains is missing. */
    void finish() throws IOException {
      for (Iterator<Open> clips = open.iterator(); clips.hasNext(); ) {
        Open clip = clips.next();
        if (clip.end - positions[clip.cut.channel()] <= sample(TOLERANCE)) {
          clips.remove();
          hand(clip);
        }
      }
    }

    int left() {
      return waiting.size() + open.size();
    }

    DecodeException tooShort(DecodeReport report) {
      Cut missing = waiting.isEmpty() ? open.get(0).cut : waiting.get(0);
      boolean channel = missing.channel() >= positions.length;
      return new DecodeException(
          FailureKind.UNFIT,
          channel
              ? "It has no channel %s any more. Annotate it again".formatted(missing.channel())
              : String.format(
                  Locale.ROOT,
                  "It now ends at %.1f s, before the segment at %.1f s. Annotate it again",
                  report.decodedSeconds(),
                  missing.startSeconds()));
    }

    private long sample(double seconds) {
      return Math.round(seconds * settings.sampleRate());
    }

    @Override
    public void close() throws IOException {
      for (Open clip : open) {
        clip.file.close();
      }
    }
  }
}
