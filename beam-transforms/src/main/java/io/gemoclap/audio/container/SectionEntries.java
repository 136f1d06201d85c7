package io.gemoclap.audio.container;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.Sections;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Finds where the sections of a recording can be decoded. Only recordings for which a decoder gives
 * the same samples from there on as from their start have sections: WAVE files of integers, and
 * FLAC and MP3 files in which no frame is missing or damaged.
 *
 * @hidden
 */
@Internal
public final class SectionEntries {
  /** A last section is this long or longer. */
  private static final int SHORTEST_SECONDS = 60;

  /** Time in which a decoder that starts between two frames forgets what it has missed. */
  private static final int FORGETTING_SECONDS = 3;

  private final Sections sections;
  private final int rate;
  private final List<Frame> frames = new ArrayList<>();
  private Frame last;

  private record Frame(long sample, long position) {}

  SectionEntries(Sections sections, int rate, long position) {
    this.sections = sections;
    this.rate = rate;
    this.last = new Frame(0, position);
    frames.add(last);
  }

  /**
   * The entries of all sections of a recording, or none if it has one section or cannot be decoded
   * from a later one. Reads FLAC and MP3 files completely.
   *
   * @param recording without what surrounds it
   */
  public static List<SectionEntry> of(Magic magic, ByteSource recording, Sections sections)
      throws DecodeException, IOException {
    return switch (magic) {
      case WAVE -> {
        Optional<WavReader> wav = WavReader.open(recording);
        yield wav.isPresent() ? wav.get().sections(sections) : List.of();
      }
      case FLAC -> FlacFrames.sections(recording, sections);
      case MPEG_AUDIO -> MpegFrames.sections(recording, sections);
      default -> List.of();
    };
  }

  /** Number of sections of a recording. */
  static int count(Sections sections, int rate, long samples) {
    long seconds = samples / rate - SHORTEST_SECONDS;
    return seconds < 0 ? 1 : 1 + (int) (seconds / sections.seconds());
  }

  /** Takes the start of a frame, in their order. */
  void add(long sample, long position) {
    while (sample > target(frames.size())) {
      frames.add(last);
    }
    last = new Frame(sample, position);
  }

  private long target(int section) {
    return sections.start(section, rate) - (long) (Sections.WARM_UP + FORGETTING_SECONDS) * rate;
  }

  /** Makes the header of the file that begins with a frame. */
  interface Headers {
    byte[] before(long sample, long position);
  }

  /** The entries of a recording with this many samples. */
  List<SectionEntry> entries(long samples, Headers headers) {
    int count = count(sections, rate, samples);
    List<SectionEntry> entries = new ArrayList<>();
    for (int section = 0; section < count && count > 1; section++) {
      Frame frame = frames.get(section);
      byte[] header = section == 0 ? new byte[0] : headers.before(frame.sample, frame.position);
      long position = section == 0 ? 0 : frame.position;
      entries.add(new SectionEntry(section, count, frame.sample, position, header));
    }
    return entries;
  }
}
