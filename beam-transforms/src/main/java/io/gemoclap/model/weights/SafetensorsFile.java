package io.gemoclap.model.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.gemoclap.model.weights.SafetensorsHeader.Entry;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One open safetensors file. */
final class SafetensorsFile implements Weights {
  private final Path file;
  private final FileChannel channel;
  private final Map<String, Entry> entries;
  private final long dataStart;

  private SafetensorsFile(
      Path file, FileChannel channel, Map<String, Entry> entries, long dataStart) {
    this.file = file;
    this.channel = channel;
    this.entries = Collections.unmodifiableMap(entries);
    this.dataStart = dataStart;
  }

  static SafetensorsFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      byte[] header = header(channel);
      long dataStart = (long) Long.BYTES + header.length;
      Map<String, Entry> entries = SafetensorsHeader.parse(header, channel.size() - dataStart);
      return new SafetensorsFile(file, channel, entries, dataStart);
    } catch (JsonProcessingException e) {
      channel.close();
      throw invalid(file, e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      channel.close();
      throw invalid(file, e.getMessage(), e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static byte[] header(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw new IllegalArgumentException("it has fewer than 8 bytes");
    }
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    fill(channel, length);
    long bytes = length.getLong();
    if (bytes < 1 || bytes > Math.min(Limits.DESCRIPTION, size - Long.BYTES)) {
      throw new IllegalArgumentException(
          "its header claims " + bytes + " bytes, so it is truncated or not safetensors");
    }
    ByteBuffer header = ByteBuffer.allocate((int) bytes);
    fill(channel, header);
    return header.array();
  }

  private static void fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("The file became shorter while it was read");
      }
    }
    buffer.flip();
  }

  private static IOException invalid(Path file, @Nullable String problem, Exception cause) {
    return new IOException(
        file + " is not a valid safetensors file: " + problem + "; download or write it again",
        cause);
  }

  @Override
  public Set<String> names() {
    return entries.keySet();
  }

  @Override
  public long[] shape(String name) {
    return Names.require(entries, name).shape().clone();
  }

  @Override
  public FloatTensor read(String name) throws IOException {
    Entry entry = Names.require(entries, name);
    if (!entry.type().real()) {
      throw new IOException(
          file + ": " + name + " has the type " + entry.type() + ", which cannot be a weight");
    }
    float[] values;
    try {
      channel.position(dataStart + entry.begin());
      values = entry.type().read(channel, (int) entry.count());
    } catch (IOException e) {
      throw new IOException(file + ": " + name + " cannot be read: " + e.getMessage(), e);
    }
    return new FloatTensor(values, shape(name)).requireFinite(file, name);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
