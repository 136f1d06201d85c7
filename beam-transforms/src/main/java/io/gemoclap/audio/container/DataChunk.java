package io.gemoclap.audio.container;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.SizeClaim;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.beam.sdk.annotations.Internal;

/**
 * The samples in an AIFF, AU, CAF or Wave64 file, whose size FFmpeg would believe: where its claim
 * is wrong, FFmpeg is given a corrected header.
 *
 * @param sizeAt position of the field with the size
 * @param width bytes of that field, 4 or 8
 * @param extra bytes that the field counts in addition to the samples
 * @param start position of the first sample
 * @param outerAt position of the field with the size of the whole file; negative if there is none
 * @param outerExtra bytes of the file that this field does not count
 * @hidden
 */
@Internal
public record DataChunk(
    Layout layout, long sizeAt, int width, int extra, long start, long outerAt, int outerExtra) {
  private static final int MAX_CHUNKS = 4_096;
  private static final int LARGEST_TRAILER = 4_096;
  private static final long UNSIGNED = 0xFFFFFFFFL;
  private static final String W64_GUID = "\u00F3\u00AC\u00D3\21\u008C\u00D1\0\u00C0\117\u008E";

  /** How chunks follow each other: their headers, and to what their sizes are padded. */
  private enum Layout {
    AIFF(12, 4, 4, ByteOrder.BIG_ENDIAN, 2),
    CAF(8, 4, 8, ByteOrder.BIG_ENDIAN, 1),
    W64(40, 16, 8, ByteOrder.LITTLE_ENDIAN, 8),
    AU(0, 8, 4, ByteOrder.BIG_ENDIAN, 1);

    private final int first;
    private final int id;
    private final int width;
    private final ByteOrder order;
    private final int padding;

    Layout(int first, int id, int width, ByteOrder order, int padding) {
      this.first = first;
      this.id = id;
      this.width = width;
      this.order = order;
      this.padding = padding;
    }

    boolean named(ByteBuffer header) {
      String text = StandardCharsets.ISO_8859_1.decode(header.duplicate()).toString();
      boolean printable = text.length() >= 4 && text.substring(0, 4).matches("[ -~]{4}");
      return this == W64 ? text.startsWith(W64_GUID, 4) : printable;
    }
  }

  /** Finds the samples; empty if the kind of file is another, or its header is damaged. */
  public static Optional<DataChunk> find(Magic magic, ByteSource source)
      throws DecodeException, IOException {
    return switch (magic) {
      case AU -> {
        long start = number(source, 4, 4, ByteOrder.BIG_ENDIAN);
        yield start < 24
            ? Optional.empty()
            : Optional.of(new DataChunk(Layout.AU, 8, 4, 0, start, -1, 0));
      }
      case AIFF -> chunk(source, Layout.AIFF, "SSND", 0, 8, 4, 8);
      case CAF -> chunk(source, Layout.CAF, "data", 0, 4, -1, 0);
      case W64 -> chunk(source, Layout.W64, "data", 24, 0, 16, 0);
      default -> Optional.empty();
    };
  }

  private static Optional<DataChunk> chunk(
      ByteSource source, Layout layout, String name, int counted, int extra, int outerAt, int rest)
      throws DecodeException, IOException {
    long at = layout.first;
    int header = layout.id + layout.width;
    for (int chunks = 0; chunks < MAX_CHUNKS && at + header <= source.size(); chunks++) {
      ByteBuffer bytes = source.bytes(at, header, layout.order);
      long sizeAt = at + layout.id;
      if (StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString().startsWith(name)) {
        int beside = counted + extra;
        return Optional.of(
            new DataChunk(
                layout, sizeAt, layout.width, beside, at + header + extra, outerAt, rest));
      }
      long size = number(source, sizeAt, layout.width, layout.order) - counted;
      if (size < 0 || size > source.size()) {
        return Optional.empty();
      }
      long end = at + header + size;
      at = (end + layout.padding - 1) / layout.padding * layout.padding;
    }
    return Optional.empty();
  }

  /** What the header claims, compared with the file. */
  public SizeClaim claim(ByteSource source) throws DecodeException, IOException {
    long field = number(source, sizeAt, width, layout.order);
    boolean open = field < 0 || (width == 4 && field == UNSIGNED);
    long claimed = open ? field : Math.max(0, field - extra);
    long outer = SizeClaim.UNKNOWN;
    if (outerAt >= 0) {
      long size = number(source, outerAt, width, layout.order);
      boolean told = size > 0 && (width == 8 || size < UNSIGNED);
      outer = told ? Math.max(0, size + outerExtra - start) : outer;
    }
    long present = Math.max(0, source.size() - start);
    return SizeClaim.of(claimed, 8 * width, outer, present, bytes -> mayEnd(source, bytes));
  }

  private boolean mayEnd(ByteSource source, long bytes) throws DecodeException, IOException {
    long end = start + bytes;
    long padded = (end + layout.padding - 1) / layout.padding * layout.padding;
    long rest = source.size() - end;
    if (rest < layout.padding || (bytes > 0 && (rest <= LARGEST_TRAILER || layout == Layout.AU))) {
      return true;
    }
    return layout != Layout.AU
        && layout.named(source.bytes(padded, layout.id, ByteOrder.BIG_ENDIAN));
  }

  /** The file as its header should be. */
  public SeekableByteChannel corrected(SeekableByteChannel file, SizeClaim claim)
      throws IOException {
    boolean right =
        claim.verdict() == SizeClaim.Verdict.CONFIRMED
            || claim.verdict() == SizeClaim.Verdict.CUT_OFF;
    // FFmpeg reads an AU file to its end, whatever its header says.
    long end = right && layout == Layout.AU ? start + claim.bytes() : file.size();
    ChannelSlice corrected = new ChannelSlice(file, 0, end);
    if (!right) {
      corrected.patch(sizeAt, field(claim.bytes() + extra));
    }
    if (outerAt >= 0) {
      corrected.patch(outerAt, field(end - outerExtra));
    }
    return corrected;
  }

  /** Whether the samples are more than a corrected header can say. */
  public boolean beyondHeader(SizeClaim claim) {
    return width == 4 && layout != Layout.AU && claim.bytes() + extra > UNSIGNED;
  }

  private byte[] field(long value) {
    ByteBuffer field = ByteBuffer.allocate(width).order(layout.order);
    if (width == 4) {
      field.putInt((int) Math.min(value, UNSIGNED - 1));
    } else {
      field.putLong(value);
    }
    return field.array();
  }

  private static long number(ByteSource source, long at, int width, ByteOrder order)
      throws DecodeException, IOException {
    ByteBuffer bytes = source.bytes(at, width, order);
    if (bytes.remaining() < width) {
      return 0;
    }
    return width == 8 ? bytes.getLong() : bytes.getInt() & UNSIGNED;
  }
}
