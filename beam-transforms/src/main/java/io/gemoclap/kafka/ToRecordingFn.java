package io.gemoclap.kafka;

import io.gemoclap.audio.Recording;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;

/** A record's value as a recording, its key and headers as metadata. */
final class ToRecordingFn extends DoFn<KafkaRecord<byte[], byte[]>, Recording> {
  private final RecordValue kind;
  private final Counter records = Metrics.counter(ReadRecordings.STAGE, "records");
  private final Counter failed = Metrics.counter(ReadRecordings.STAGE, "failures");
  private final Distribution size = Metrics.distribution(ReadRecordings.STAGE, "record_bytes");

  ToRecordingFn(RecordValue kind) {
    this.kind = kind;
  }

  @ProcessElement
  public void process(@Element KafkaRecord<byte[], byte[]> record, MultiOutputReceiver out) {
    records.inc();
    byte[] value = record.getKV().getValue();
    if (value == null) {
      fail(record, FailureKind.NO_AUDIO, "The record has no value", out);
      return;
    }
    size.update(value.length);
    String id = KafkaMetadata.id(record);
    Map<String, String> metadata = KafkaMetadata.of(record);
    if (kind == RecordValue.AUDIO) {
      out.get(ReadRecordings.RECORDINGS).output(Recording.bytes(id, value).withMetadata(metadata));
      return;
    }
    try {
      String uri =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString().strip();
      if (uri.isEmpty()) {
        fail(record, FailureKind.NO_AUDIO, "The record's value is an empty URI", out);
      } else {
        out.get(ReadRecordings.RECORDINGS)
            .output(Recording.file(uri).withId(id).withMetadata(metadata));
      }
    } catch (CharacterCodingException e) {
      fail(
          record,
          FailureKind.UNSUPPORTED,
          "The record's value is not a URI, as it is not UTF-8",
          out);
    }
  }

  private void fail(
      KafkaRecord<byte[], byte[]> record,
      FailureKind failureKind,
      String message,
      MultiOutputReceiver out) {
    failed.inc();
    String id = KafkaMetadata.id(record);
    out.get(ReadRecordings.FAILURES)
        .output(
            Failure.of(ReadRecordings.STAGE, failureKind, id, id, message)
                .withMetadata(KafkaMetadata.of(record)));
  }
}
