package io.gemoclap.audio.ffmpeg;

import io.gemoclap.audio.container.Magic;
import io.gemoclap.audio.container.OggChain;
import io.gemoclap.audio.pcm.Deadline;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeNote;
import io.gemoclap.audio.pcm.EnergySink;
import io.gemoclap.audio.pcm.PcmSink;
import io.gemoclap.audio.pcm.PcmSource;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.pcm.StreamSinks;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Decodes the chosen audio streams of a recording with FFmpeg. The links of a chained Ogg file are
 * decoded one after the other, whatever rate, channels and codec each has.
 *
 * @hidden
 */
@Internal
public record FfmpegDecoder(
    SeekableByteChannel channel,
    Deadline deadline,
    Magic magic,
    String suffix,
    StreamChoice choice) {
  /** More links than this that cannot be decoded, and the rest is left out. */
  private static final int MOST_BAD_LINKS = 100;

  /** Pushes all samples of the chosen streams. */
  public PcmSource.Summary decode(StreamSinks sinks) throws DecodeException, IOException {
    FfmpegNatives.require();
    return magic == Magic.OGG
        ? decodeLinks(new OggChain(channel, deadline), sinks)
        : decode(channel, true, sinks);
  }

  private PcmSource.Summary decode(SeekableByteChannel file, boolean seekable, StreamSinks sinks)
      throws DecodeException, IOException {
    StreamSelection selection =
        new StreamSelection(() -> new FfmpegInput(file, seekable, deadline, magic, suffix), choice);
    return selection.decode(sinks);
  }

  private PcmSource.Summary decodeLinks(OggChain chain, StreamSinks sinks)
      throws DecodeException, IOException {
    ContinuedSinks continued = new ContinuedSinks(sinks);
    PcmSource.Summary all = null;
    DecodeException firstFailure = null;
    Set<String> notes = new LinkedHashSet<>();
    int link = 1;
    int bad = 0;
    do {
      deadline.check();
      try {
        continued.restart();
        PcmSource.Summary one = decode(chain, false, continued);
        notes.addAll(one.notes());
        all = all == null ? one : joined(all, one);
      } catch (DecodeException e) {
        if (e.kind() != FailureKind.CORRUPT
            && e.kind() != FailureKind.UNSUPPORTED
            && e.kind() != FailureKind.NO_AUDIO) {
          throw e;
        }
        firstFailure = firstFailure == null ? e : firstFailure;
        notes.add(DecodeNote.UNDECODED_STREAM.with("link %d: %s", link, e.getMessage()));
        bad++;
      }
      link++;
    } while (bad < MOST_BAD_LINKS && chain.next());
    if (all == null) {
      throw firstFailure;
    }
    if (continued.leftOut()) {
      notes.add(DecodeNote.OTHER_STREAMS.with("a later link has more streams than the first"));
    }
    return new PcmSource.Summary(
        all.container(),
        all.codec(),
        all.declaredSeconds(),
        all.badPackets(),
        all.endsEarly() || bad > 0,
        notes);
  }

  private static PcmSource.Summary joined(PcmSource.Summary a, PcmSource.Summary b) {
    return new PcmSource.Summary(
        a.container(),
        a.codec(),
        a.declaredSeconds() + b.declaredSeconds(),
        a.badPackets() + b.badPackets(),
        a.endsEarly() || b.endsEarly());
  }

  /** Gives the streams of a later link the sinks of the first one's streams. */
  private static final class ContinuedSinks implements StreamSinks {
    private final StreamSinks sinks;
    private final List<PcmSink> opened = new ArrayList<>();
    private int next;
    private boolean first = true;
    private boolean leftOut;

    ContinuedSinks(StreamSinks sinks) {
      this.sinks = sinks;
    }

    void restart() {
      first = opened.isEmpty();
      next = 0;
    }

    boolean leftOut() {
      return leftOut;
    }

    @Override
    public PcmSink open(int channels, boolean discontinuous) throws DecodeException {
      if (first) {
        PcmSink sink = sinks.open(channels, discontinuous);
        opened.add(sink);
        return sink;
      }
      if (next < opened.size()) {
        PcmSink sink = opened.get(next++);
        sink.restart();
        return sink;
      }
      leftOut = true;
      return new EnergySink();
    }
  }
}
