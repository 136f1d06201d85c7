package io.gemoclap.training.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventsTest {
  @TempDir private Path folder;

  /** CRC-32C bit by bit (reflected polynomial 82F63B78), masked as TFRecord says. */
  private static int maskedCrc(byte[] data) {
    int crc = -1;
    for (byte b : data) {
      crc ^= b & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) * 0x82F63B78);
      }
    }
    int value = ~crc;
    return ((value >>> 15) | (value << 17)) + 0xa282ead8;
  }

  /** The fields of a message by number: long, double, float or {@link ByteString}. */
  private static ListMultimap<Integer, Object> fields(CodedInputStream message) throws IOException {
    ListMultimap<Integer, Object> fields = ArrayListMultimap.create();
    for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
      Object value =
          switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> message.readInt64();
            case WireFormat.WIRETYPE_FIXED64 -> message.readDouble();
            case WireFormat.WIRETYPE_FIXED32 -> message.readFloat();
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> message.readBytes();
            default -> throw new IOException("tag " + tag);
          };
      fields.put(WireFormat.getTagFieldNumber(tag), value);
    }
    return fields;
  }

  private static ListMultimap<Integer, Object> fields(Object message) throws IOException {
    return fields(((ByteString) message).newCodedInput());
  }

  private static List<ListMultimap<Integer, Object>> events(Path file) throws IOException {
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<ListMultimap<Integer, Object>> events = new ArrayList<>();
    while (content.hasRemaining()) {
      byte[] length = new byte[8];
      content.get(length);
      assertEquals(maskedCrc(length), content.getInt(), "CRC of a length");
      byte[] data = new byte[(int) content.getLong(content.position() - 12)];
      content.get(data);
      assertEquals(maskedCrc(data), content.getInt(), "CRC of a message");
      events.add(fields(CodedInputStream.newInstance(data)));
    }
    return events;
  }

  private static Map<String, Object> scalars(ListMultimap<Integer, Object> event)
      throws IOException {
    Map<String, Object> scalars = new TreeMap<>();
    for (Object value : fields(event.get(5).get(0)).get(1)) {
      ListMultimap<Integer, Object> fields = fields(value);
      scalars.put(((ByteString) fields.get(1).get(0)).toStringUtf8(), fields.get(2).get(0));
    }
    return scalars;
  }

  private static FinishedRun run(EpochRow... epochs) {
    return new FinishedRun(
        PredictionRows.info("calm", "angry"),
        List.of(PredictionRows.row("u", "s", "calm", 1, 0)),
        List.of(epochs));
  }

  @Test
  void writesAFileThatAnotherParserReads() throws IOException {
    Events.write(
        run(
            new EpochRow("03+08", 1, 0.5, 1e-3, 0.25, 0.75, 2.0, 0.5, 400.0),
            new EpochRow("03+08", 2, 0.25, null, null, null, null, null, null)),
        folder);
    // 2026-05-04T10:00:00Z, as date -d says.
    Path file = folder.resolve("03+08").resolve("events.out.tfevents.1777888800.gemoclap");
    List<ListMultimap<Integer, Object>> events = events(file);
    assertEquals(3, events.size());
    assertEquals(List.of(ByteString.copyFromUtf8("brain.Event:2")), events.get(0).get(3));
    ListMultimap<Integer, Object> first = events.get(1);
    assertEquals(List.of(1777888800.0), first.get(1));
    assertEquals(List.of(1L), first.get(2));
    Map<String, Object> expected =
        Map.of(
            "loss", 0.5f,
            "learning_rate", 1e-3f,
            "dev_war", 0.25f,
            "dev_uar", 0.75f,
            "dev_loss", 2f,
            "test_uar", 0.5f,
            "audio_seconds_per_second", 400f);
    assertEquals(new TreeMap<>(expected), scalars(first));
    assertEquals(List.of(2L), events.get(2).get(2));
    assertEquals(Map.of("loss", 0.25f), scalars(events.get(2)), "what was not measured is absent");
  }

  @Test
  void theChecksumOfThisTestIsTheStandardOne() {
    // "123456789" has the CRC-32C E3069283.
    int crc = 0xE3069283;
    assertEquals(
        ((crc >>> 15) | (crc << 17)) + 0xa282ead8,
        maskedCrc("123456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
  }

  @Test
  void aFoldsNameCannotLeaveTheFolder() {
    assertEquals("03+08", Events.fileName("03+08"));
    assertEquals("%2E%2E%2Fetc", Events.fileName("../etc"));
    assertEquals("fold%201", Events.fileName("fold 1"));
  }

  @Test
  void writingAgainReplaces() throws IOException {
    EpochRow epoch = new EpochRow("f", 1, 0.5, null, null, null, null, null, null);
    Events.write(run(epoch), folder);
    Events.write(run(epoch), folder);
    try (var files = Files.list(folder.resolve("f"))) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void withoutCurvesThereAreNoEvents() throws IOException {
    Events.write(run(), folder.resolve("events"));
    assertFalse(Files.exists(folder.resolve("events")));
  }
}
