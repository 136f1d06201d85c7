package io.gemoclap.audio.container;

import io.gemoclap.audio.pcm.DecodeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks over the chunks of a RIFF file. */
final class WavChunks {
  static final int FORMAT = 0x66_6D_74_20; // "fmt "
  static final int SIZES = 0x64_73_36_34; // "ds64"
  static final int DATA = 0x64_61_74_61; // "data"
  static final int HEADER = 8;

  private static final long UNSIGNED = 0xFFFFFFFFL;
  private static final int MAX_CHUNKS = 4_096;

  /** Up to this many bytes after the samples that are not a chunk are a trailer, not samples. */
  private static final int LARGEST_TRAILER = 4_096;

  /** Names of chunks that are believed even where the file ends within them. */
  private static final Set<String> KNOWN =
      Set.of(
          "LIST", "data", "fmt ", "fact", "bext", "iXML", "cue ", "smpl", "inst", "PEAK", "JUNK",
          "junk", "PAD ", "FLLR", "id3 ", "ID3 ", "afsp", "_PMX", "aXML", "axml", "chna", "cart",
          "acid", "DISP", "minf", "elm1", "regn", "umid", "levl", "plst", "wavl", "RIFF", "RIFX");

  /**
   * A chunk as its header describes it.
   *
   * @param id the four bytes of its name
   * @param body position of its first byte after the header
   * @param size number of bytes that the header claims
   */
  record Chunk(int id, long body, long size) {}

  private final ByteSource source;
  private final ByteOrder order;
  private final long fileSize;

  WavChunks(ByteSource source, ByteOrder order) throws IOException {
    this.source = source;
    this.order = order;
    this.fileSize = source.size();
  }

  /** The chunk whose header is at a position; null where the file ends before. */
  @Nullable Chunk at(long position) throws DecodeException, IOException {
    ByteBuffer header = source.bytes(position, HEADER, ByteOrder.BIG_ENDIAN);
    if (header.remaining() < HEADER) {
      return null;
    }
    int id = header.getInt();
    return new Chunk(id, position + HEADER, header.order(order).getInt() & UNSIGNED);
  }

  /** Where the chunk after another one begins; chunks of odd size are padded, but not by all. */
  long next(Chunk chunk) throws DecodeException, IOException {
    long end = chunk.body() + chunk.size();
    if (chunk.size() % 2 == 0) {
      return end;
    }
    return !known(end + 1) && known(end) ? end : end + 1;
  }

  /** Whether samples may end at a position: the file ends there, too, or other chunks follow. */
  boolean mayEnd(long start, long bytes) throws DecodeException, IOException {
    long rest = fileSize - start - bytes;
    boolean trailer = bytes > 0 && rest <= LARGEST_TRAILER;
    return rest <= 1 || trailer || !following(new Chunk(DATA, start, bytes)).isEmpty();
  }

  /** The chunks after another one to the end of the file; none if there is something else. */
  List<Chunk> following(Chunk first) throws DecodeException, IOException {
    List<Chunk> chunks = new ArrayList<>();
    long position = next(first);
    Chunk chunk = at(position);
    while (chunk != null && chunks.size() < MAX_CHUNKS) {
      boolean fits = chunk.body() + chunk.size() <= fileSize;
      if (!KNOWN.contains(name(chunk.id())) && !(printable(chunk.id()) && fits)) {
        return fileSize - position <= LARGEST_TRAILER ? chunks : List.of();
      }
      chunks.add(chunk);
      position = next(chunk);
      chunk = at(position);
    }
    return chunks;
  }

  private boolean known(long position) throws DecodeException, IOException {
    ByteBuffer id = source.bytes(position, Integer.BYTES, ByteOrder.BIG_ENDIAN);
    return id.remaining() == Integer.BYTES && KNOWN.contains(name(id.getInt()));
  }

  private static boolean printable(int id) {
    return name(id).chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private static String name(int id) {
    char[] name = {
      (char) (id >>> 24), (char) ((id >> 16) & 0xFF), (char) ((id >> 8) & 0xFF), (char) (id & 0xFF)
    };
    return new String(name);
  }
}
