package io.gemoclap.training.prepare;

import io.gemoclap.features.FeatureMatrix;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * One shard: an Avro file with one record a version of an utterance, the recording itself first.
 * Values are little-endian 32-bit floats, row after row.
 */
final class ShardFile {
  private static final Schema SCHEMA =
      SchemaBuilder.record("Features")
          .namespace("io.gemoclap")
          .fields()
          .requiredString("utterance")
          .requiredDouble("seconds")
          .requiredInt("frames")
          .requiredInt("dims")
          .requiredBytes("values")
          .endRecord();

  private ShardFile() {}

  /** Features of all versions of an utterance. */
  record Entry(String utterance, double seconds, List<FeatureMatrix> versions) {}

  /** Writes entries one by one. Not thread-safe. */
  static final class Writer implements Closeable {
    private final ResourceId resource;
    private final DataFileWriter<GenericRecord> file;

    Writer(ResourceId resource) throws IOException {
      this.resource = resource;
      OutputStream out =
          Channels.newOutputStream(FileSystems.create(resource, "application/octet-stream"));
      file = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(SCHEMA));
      file.create(SCHEMA, out);
    }

    void write(Entry entry) throws IOException {
      for (FeatureMatrix version : entry.versions()) {
        ByteBuffer bytes =
            ByteBuffer.allocate(4 * version.values().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(version.values());
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("utterance", entry.utterance());
        record.put("seconds", entry.seconds());
        record.put("frames", version.frames());
        record.put("dims", version.dims());
        record.put("values", bytes);
        try {
          file.append(record);
        } catch (IOException e) {
          throw unwritable(e);
        }
      }
    }

    private IOException unwritable(IOException e) {
      return new IOException(
          "Features cannot be written to '" + resource + "': " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
      try {
        file.close();
      } catch (IOException e) {
        throw unwritable(e);
      }
    }
  }

  /** Streams the entries of some utterances. Not thread-safe. */
  static final class Reader implements Closeable {
    private final DataFileStream<GenericRecord> file;
    private final Set<String> wanted;
    private GenericRecord ahead;

    /**
     * @param wanted ids to read; others are passed over
     */
    Reader(ResourceId resource, Set<String> wanted) throws IOException {
      this.file =
          new DataFileStream<>(
              Channels.newInputStream(FileSystems.open(resource)), new GenericDatumReader<>());
      this.wanted = wanted;
    }

    /** The next entry, or null at the end. */
    Entry next() throws IOException {
      String id = null;
      double seconds = 0;
      List<FeatureMatrix> versions = new ArrayList<>();
      while (ahead != null || file.hasNext()) {
        GenericRecord record = ahead == null ? file.next() : ahead;
        ahead = null;
        String of = record.get("utterance").toString();
        if (id != null && !of.equals(id)) {
          ahead = record;
          break;
        }
        if (wanted.contains(of)) {
          id = of;
          seconds = (double) record.get("seconds");
          versions.add(matrix(record));
        }
      }
      return id == null ? null : new Entry(id, seconds, versions);
    }

    private static FeatureMatrix matrix(GenericRecord record) {
      ByteBuffer bytes = ((ByteBuffer) record.get("values")).order(ByteOrder.LITTLE_ENDIAN);
      float[] values = new float[bytes.remaining() / 4];
      bytes.asFloatBuffer().get(values);
      return FeatureMatrix.of((int) record.get("frames"), (int) record.get("dims"), values);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
