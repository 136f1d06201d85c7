package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.compress.ZstdCompression;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.junit.jupiter.api.Test;

/** The command's class path has the native library of Zstandard for this platform alone. */
final class ZstandardTest {
  @Test
  void batchesOfKafkaMayBeCompressedWithIt() throws IOException {
    byte[] batch = new byte[100_000];
    ZstdCompression zstd = Compression.zstd().build();
    ByteBufferOutputStream compressed = new ByteBufferOutputStream(1_000);
    try (DataOutputStream out =
        new DataOutputStream(zstd.wrapForOutput(compressed, RecordBatch.CURRENT_MAGIC_VALUE))) {
      out.write(batch);
    }
    ByteBuffer buffer = compressed.buffer().flip();
    assertTrue(buffer.remaining() < batch.length / 100, buffer.toString());
    try (InputStream in =
        zstd.wrapForInput(buffer, RecordBatch.CURRENT_MAGIC_VALUE, BufferSupplier.NO_CACHING)) {
      assertArrayEquals(batch, in.readAllBytes());
    }
  }
}
