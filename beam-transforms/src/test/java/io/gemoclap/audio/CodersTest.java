package io.gemoclap.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemoclap.audio.segment.Span;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CodersTest {
  private static final SegmentRef REF =
      new SegmentRef("s3://archive/Grüße 1.wav", 1, 0.5, 2.25, Map.of("call", "7", "agent", "ö"));

  private static float[] ramp(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = i * 0.25f - 7;
    }
    return values;
  }

  private static <T> T roundTrip(Coder<T> coder, T value) throws CoderException {
    return CoderUtils.decodeFromByteArray(coder, CoderUtils.encodeToByteArray(coder, value));
  }

  /** Lengths around the coder's chunk of 16,384 floats. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 32_768, 40_000})
  void floatArraysOfEveryLengthRoundTrip(int length) throws CoderException {
    assertArrayEquals(ramp(length), roundTrip(FloatArrayCoder.of(), ramp(length)));
  }

  @Test
  void floatArraysKeepTheirBits() throws CoderException {
    float[] odd = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, Float.MIN_VALUE
    };
    float[] back = roundTrip(FloatArrayCoder.of(), odd);
    for (int i = 0; i < odd.length; i++) {
      assertEquals(Float.floatToRawIntBits(odd[i]), Float.floatToRawIntBits(back[i]));
    }
  }

  @Test
  void recordingsRoundTripWithTheirProblem() throws CoderException {
    for (Recording recording :
        List.of(
            Recording.file("/a\nb.wav")
                .withSpans(List.of(new Span(0, 1), new Span(1, 2, "Ada", 3))),
            Recording.bytes("b", new byte[] {1}),
            Recording.unreadable("/dead.wav", "The link is broken: its target does not exist."))) {
      Recording back = roundTrip(RecordingCoder.of(), recording.withMetadata(Map.of("x", "y")));
      assertEquals(recording.id(), back.id());
      assertEquals(recording.uri(), back.uri());
      assertEquals(recording.problem(), back.problem());
      assertArrayEquals(recording.encoded(), back.encoded());
      assertEquals(recording.spans(), back.spans());
      assertEquals(Map.of("x", "y"), back.metadata());
    }
  }

  @Test
  void equalFloatArraysHaveEqualStructuralValues() throws Exception {
    FloatArrayCoder coder = FloatArrayCoder.of();
    CoderProperties.structuralValueConsistentWithEquals(coder, ramp(0), ramp(0));
    assertEquals(coder.structuralValue(ramp(20_000)), coder.structuralValue(ramp(20_000)));
    assertNotEquals(coder.structuralValue(ramp(3)), coder.structuralValue(ramp(4)));
  }

  @Test
  void cutOffFloatArrayIsRejected() throws CoderException {
    byte[] whole = CoderUtils.encodeToByteArray(FloatArrayCoder.of(), ramp(5));
    ByteArrayInputStream half = new ByteArrayInputStream(whole, 0, 10);
    assertThrows(EOFException.class, () -> FloatArrayCoder.of().decode(half));
  }

  @Test
  void negativeLengthIsRejected() {
    byte[] negative = {(byte) 0xFF, 0, 0, 0};
    ByteArrayInputStream in = new ByteArrayInputStream(negative);
    assertThrows(CoderException.class, () -> FloatArrayCoder.of().decode(in));
  }

  @Test
  void segmentRefRoundTrips() throws Exception {
    check(SegmentRefCoder.of(), REF, new SegmentRef("a", 0, 0, 1e-3, Map.of()));
    SegmentRef judged = REF.withSpeechProbability(0.75);
    assertEquals(judged, roundTrip(SegmentRefCoder.of(), judged));
  }

  @Test
  void segmentRefBytesDoNotDependOnTheOrderOfItsMetadata() throws CoderException {
    Map<String, String> forwards = new LinkedHashMap<>();
    Map<String, String> backwards = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      forwards.put("key" + i, "v");
      backwards.put("key" + (19 - i), "v");
    }
    assertArrayEquals(
        CoderUtils.encodeToByteArray(SegmentRefCoder.of(), new SegmentRef("a", 0, 0, 1, forwards)),
        CoderUtils.encodeToByteArray(
            SegmentRefCoder.of(), new SegmentRef("a", 0, 0, 1, backwards)));
  }

  @Test
  void speechSegmentRoundTrips() throws Exception {
    check(
        SpeechSegmentCoder.of(),
        new SpeechSegment(REF, 16_000, ramp(28_000)),
        new SpeechSegment(REF, 8_000, ramp(1)));
  }

  @Test
  void fileRecordingRoundTrips() throws Exception {
    Recording file =
        Recording.file("gs://bucket/a b.wav")
            .withMetadata(Map.of("speaker", "3"))
            .withSpans(List.of(new Span(0, 1.5), new Span(2, 2.5, "Bo", 1)));
    check(RecordingCoder.of(), file, Recording.file("b.wav"));
  }

  @Test
  void recordingInMemoryRoundTrips() throws Exception {
    Recording bytes = Recording.bytes("message-1", new byte[] {1, 2, -3});
    check(RecordingCoder.of(), bytes, Recording.bytes("message-1", new byte[] {1, 2}));
  }

  /** Round trip, determinism and structural equality, also of an equal value made anew. */
  private static <T> void check(Coder<T> coder, T value, T other) throws Exception {
    CoderProperties.coderDecodeEncodeEqual(coder, value);
    CoderProperties.coderSerializable(coder);
    CoderProperties.coderDeterministic(coder, value, roundTrip(coder, value));
    CoderProperties.structuralValueDecodeEncodeEqual(coder, value);
    assertNotEquals(coder.structuralValue(value), coder.structuralValue(other));
  }
}
