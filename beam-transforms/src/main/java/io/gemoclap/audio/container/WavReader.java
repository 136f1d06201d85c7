package io.gemoclap.audio.container;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.FloatScale;
import io.gemoclap.audio.pcm.PcmFormat;
import io.gemoclap.audio.pcm.PcmSink;
import io.gemoclap.audio.pcm.PcmSource;
import io.gemoclap.audio.pcm.Sections;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Reads WAVE files without native code: 8 to 32-bit integers, 32 and 64-bit floats, A-law and
 * mu-law, in RIFF, RIFX, RF64 and BW64, extensible or not, and streams of unknown size.
 *
 * @hidden
 */
@Internal
public final class WavReader implements PcmSource {
  private static final int BLOCK_BYTES = 1 << 18;
  private static final int BLOCK_FRAMES = 8_192;

  private final ByteSource source;
  private final WavHeader header;
  private final PcmFormat format;

  private WavReader(ByteSource source, WavHeader header, PcmFormat format) {
    this.source = source;
    this.header = header;
    this.format = format;
  }

  /**
   * Opens a file that begins as a WAVE file does; empty if its sample format is not exactly known.
   *
   * @throws DecodeException CORRUPT if the header is cut off or contradicts itself
   */
  public static Optional<WavReader> open(ByteSource source) throws DecodeException, IOException {
    WavHeader header = WavHeader.parse(source);
    PcmFormat format = header.format().samples();
    return format == null ? Optional.empty() : Optional.of(new WavReader(source, header, format));
  }

  /** The entries of the sections; none if there is only one, or samples are not integers. */
  List<SectionEntry> sections(Sections sections) {
    if (format.isFloat() || header.data().size() != 1) {
      return List.of();
    }
    long frames = header.data().get(0).bytes() / header.format().frameBytes();
    int rate = header.format().rate();
    int count = SectionEntries.count(sections, rate, frames);
    List<SectionEntry> entries = new ArrayList<>();
    for (int section = 0; section < count && count > 1; section++) {
      long warmUp = section == 0 ? 0 : (long) Sections.WARM_UP * rate;
      long sample = sections.start(section, rate) - warmUp;
      entries.add(new SectionEntry(section, count, sample, 0, new byte[0]));
    }
    return entries;
  }

  @Override
  public Summary decode(PcmSink sink) throws DecodeException, IOException {
    return decode(sink, 0);
  }

  /** Pushes the samples from an index on into the sink; 0 unless there is one run of samples. */
  public Summary decode(PcmSink sink, long first) throws DecodeException, IOException {
    FloatScale scale = format.isFloat() ? new FloatScale(sink) : null;
    PcmSink samples = scale == null ? sink : scale;
    samples.format(header.format().rate(), header.format().channels());
    boolean all = true;
    for (WavHeader.Extent extent : header.data()) {
      all &= decode(extent, samples, first);
    }
    Summary summary =
        new Summary(
            "wav",
            codec(),
            header.declaredSeconds(),
            0,
            header.endsEarly() || !all,
            header.claim().notes());
    return scale == null ? summary : summary.noting(scale.finish());
  }

  /** Decodes a run of samples; false if the file ends within it. */
  private boolean decode(WavHeader.Extent extent, PcmSink sink, long first)
      throws DecodeException, IOException {
    int frameBytes = header.format().frameBytes();
    int blockFrames = Math.max(1, Math.min(BLOCK_FRAMES, BLOCK_BYTES / frameBytes));
    ByteBuffer bytes = ByteBuffer.allocate(blockFrames * frameBytes).order(header.order());
    float[][] planes = new float[header.format().channels()][blockFrames];
    long frames = extent.bytes() / frameBytes;
    long done = first;
    while (done < frames) {
      int wanted = (int) Math.min(blockFrames, frames - done);
      int read = source.read(extent.start() + done * frameBytes, bytes) / frameBytes;
      int count = Math.min(wanted, read);
      if (count == 0) {
        return false;
      }
      for (int channel = 0; channel < planes.length; channel++) {
        format.read(bytes, channel * format.bytes(), frameBytes, planes[channel], count);
      }
      sink.block(planes, count);
      done += count;
    }
    return true;
  }

  private String codec() {
    String name = format.name().toLowerCase(Locale.ROOT);
    boolean ordered = format.bytes() > 1;
    String order = header.order() == ByteOrder.BIG_ENDIAN ? "be" : "le";
    return "pcm_" + name + (ordered ? order : "");
  }
}
