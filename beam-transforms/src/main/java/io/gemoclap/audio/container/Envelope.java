package io.gemoclap.audio.container;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeNote;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Where the recording in a file begins and ends: after the tags and other bytes at the start of the
 * file, and in front of the tags at its end.
 *
 * @param start position of the first byte of the recording; the size of a file of tags alone
 * @param end position after its last byte
 * @param magic what the recording is
 * @param notes codes of what was left out, for the report
 * @hidden
 */
@Internal
public record Envelope(long start, long end, Magic magic, Set<String> notes) {
  private static final String TAG = DecodeNote.TAG_BEFORE_HEADER.code();
  private static final String BYTES = DecodeNote.BYTES_BEFORE_HEADER.code();
  private static final int MAX_SKIPS = 64;

  /** Zeros in front of a recording, and bytes that are no known kind, are skipped up to here. */
  private static final int MAX_LEADING = 1 << 16;

  private static final int MIN_HEAD = 12;
  private static final int HEADER_ZEROS = 3;

  /** Finds the recording in a file. */
  public static Envelope of(ByteSource file) throws DecodeException, IOException {
    long start = 0;
    Magic magic = magic(file, 0);
    Set<String> notes = new TreeSet<>();
    for (int skips = 0; magic == Magic.UNKNOWN && skips < MAX_SKIPS; skips++) {
      long tag = Tags.leading(file, start);
      long length = tag > 0 ? tag : zeros(file, start);
      if (length == 0) {
        break;
      }
      notes.add(tag > 0 ? TAG : BYTES);
      start += length;
      magic = magic(file, start);
    }
    if (start >= file.size()) {
      return new Envelope(start, start, Magic.UNKNOWN, Set.of());
    }
    if (magic == Magic.UNKNOWN && ForeignKind.sentence(head(file, start)).isEmpty()) {
      long skipped = search(file, start);
      if (skipped > 0) {
        start += skipped;
        magic = magic(file, start);
        notes.add(BYTES);
      } else if (start > 0) {
        // Only a tag says that this may be MPEG audio: FFmpeg searches for its frames.
        magic = Magic.MPEG_AUDIO;
      }
    }
    if (magic == Magic.MPEG_AUDIO) {
      notes.remove(TAG);
    }
    return new Envelope(start, Tags.endWithout(file, start), magic, notes);
  }

  /** Whether the file has nothing but tags. */
  public boolean empty() {
    return start >= end;
  }

  /** The bytes of the recording alone; closing the view does not close the file. */
  public SeekableByteChannel view(SeekableByteChannel file) throws IOException {
    return start == 0 && end == file.size() ? file : new ChannelSlice(file, start, end);
  }

  /** Number of zeros from a position to the next header or tag; 0 if there is none after them. */
  private static int zeros(ByteSource file, long from) throws DecodeException, IOException {
    ByteBuffer bytes = file.bytes(from, MAX_LEADING, ByteOrder.BIG_ENDIAN);
    int zeros = 0;
    while (zeros < bytes.limit() && bytes.get(zeros) == 0) {
      zeros++;
    }
    // Some headers begin with zeros themselves.
    for (int skip = Math.max(1, zeros - HEADER_ZEROS); skip <= zeros; skip++) {
      long position = from + skip;
      if (magic(file, position) != Magic.UNKNOWN || Tags.leading(file, position) > 0) {
        return skip;
      }
    }
    return 0;
  }

  /** Bytes from a position to the first header that is not there by chance; 0 if there is none. */
  private static int search(ByteSource file, long from) throws DecodeException, IOException {
    ByteBuffer bytes = file.bytes(from, MAX_LEADING, ByteOrder.BIG_ENDIAN);
    String text = StandardCharsets.ISO_8859_1.decode(bytes).toString();
    for (int at = 1; at < text.length() - MIN_HEAD; at++) {
      boolean certain =
          switch (text.charAt(at)) {
            case 'R', 'B' -> text.startsWith("WAVEfmt ", at + 8);
            case 'F' -> text.startsWith("FORM", at) && text.startsWith("AIF", at + 8);
            case 'f' -> text.startsWith("fLaC\0\0\0\42", at);
            case 'O' -> text.startsWith("OggS\0\2", at);
            case 'c' -> text.startsWith("caff\0\1\0\0desc", at);
            default -> false;
          };
      if (certain && magic(file, from + at) != Magic.UNKNOWN) {
        return at;
      }
    }
    return 0;
  }

  private static Magic magic(ByteSource file, long position) throws DecodeException, IOException {
    return Magic.of(head(file, position));
  }

  private static ByteBuffer head(ByteSource file, long position)
      throws DecodeException, IOException {
    return file.bytes(position, Magic.BYTES, ByteOrder.BIG_ENDIAN);
  }
}
