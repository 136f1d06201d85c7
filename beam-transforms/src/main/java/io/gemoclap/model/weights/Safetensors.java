package io.gemoclap.model.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeSet;
import org.apache.beam.sdk.annotations.Internal;

/**
 * The safetensors format: eight bytes of header length, a JSON header, then raw little-endian data.
 *
 * <p>Writes F32 with names in alphabetical order, so that equal weights give equal bytes; one
 * tensor at a time, so that files may be larger than the heap. Stateless.
 *
 * @hidden
 */
@Internal
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ALIGNMENT = 8;
  private static final int BLOCK_BYTES = 1 << 18;

  private Safetensors() {}

  /**
   * Reads all tensors of a small file.
   *
   * @throws IOException when the file cannot be read or breaks the format; the message names it
   */
  public static Map<String, FloatTensor> read(Path file) throws IOException {
    try (Weights checkpoint = SafetensorsFile.open(file)) {
      return checkpoint.readAll();
    }
  }

  /** Writes tensors as F32, replacing the file. */
  public static void write(Path file, Map<String, FloatTensor> tensors) throws IOException {
    write(file, Weights.of(tensors));
  }

  /** Writes a checkpoint as F32, replacing the file, and leaves the checkpoint open. */
  public static void write(Path file, Weights checkpoint) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    // The marker without which transformers refuses a file.
    header.putObject("__metadata__").put("format", "pt");
    long offset = 0;
    for (String name : new TreeSet<>(checkpoint.names())) {
      long[] shape = checkpoint.shape(name);
      ObjectNode node = header.putObject(name);
      node.put("dtype", ElementType.F32.name());
      node.set("shape", JSON.valueToTree(shape));
      long end = offset + ElementType.F32.bytes() * Limits.count(name, shape);
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] text = JSON.writeValueAsBytes(header);
    int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer head = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(padded).put(text);
    head.put(" ".repeat(padded - text.length).getBytes(StandardCharsets.US_ASCII)).flip();
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      drain(head, out);
      for (String name : new TreeSet<>(checkpoint.names())) {
        write(checkpoint.read(name).values(), out);
      }
    }
  }

  private static void write(float[] values, FileChannel out) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int room = BLOCK_BYTES / Float.BYTES;
    for (int start = 0; start < values.length; start += room) {
      int count = Math.min(room, values.length - start);
      block.asFloatBuffer().put(values, start, count);
      drain(block.position(0).limit(count * Float.BYTES), out);
      block.clear();
    }
  }

  private static void drain(ByteBuffer buffer, FileChannel out) throws IOException {
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }
}
