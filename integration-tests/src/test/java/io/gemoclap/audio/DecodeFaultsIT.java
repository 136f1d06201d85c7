package io.gemoclap.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemoclap.audio.FaultyFileSystem.Fault;
import io.gemoclap.audio.pcm.StreamChoice;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.WorkerFaults;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever goes wrong with a recording is a failure record of it; whatever goes wrong with the
 * worker, or in a later stage, ends the bundle.
 */
final class DecodeFaultsIT {
  private static final Path SAMPLES = Path.of("examples", "samples");
  private static final Path WAVE = SAMPLES.resolve("german-male-8k-mulaw.wav");
  private static final Path MP3 = SAMPLES.resolve("english-male-22k.mp3");

  private static DecodeAudio.Result decode(Pipeline pipeline, String uri, Segmenter segmenter) {
    return pipeline
        .apply(Create.of(List.of(Recording.file(uri))).withCoder(RecordingCoder.of()))
        .apply(DecodeAudio.recordings().withSegmenter(segmenter));
  }

  private static PCollection<String> kinds(DecodeAudio.Result result) {
    return result
        .failures()
        .apply(MapElements.into(TypeDescriptors.strings()).via(Failure::getKindName));
  }

  @ParameterizedTest
  @EnumSource(names = {"CLOSE_IO", "CLOSE_UNCHECKED"})
  void aFileThatCannotBeClosedKeepsItsResults(Fault fault) {
    for (Path file : List.of(WAVE, MP3)) {
      Pipeline pipeline = Pipeline.create();
      DecodeAudio.Result result = decode(pipeline, fault.uri(file), Segmenter.whole());
      PAssert.that(kinds(result)).empty();
      PAssert.that(
              result
                  .recordings()
                  .apply(
                      MapElements.into(TypeDescriptors.strings())
                          .via(DecodedRecording::getRecording)))
          .containsInAnyOrder(fault.uri(file));
      pipeline.run().waitUntilFinish();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN_UNCHECKED, UNREADABLE",
    "READ_IO, UNREADABLE",
    "READ_UNCHECKED, UNREADABLE",
  })
  void aFileThatCannotBeReadIsOneFailure(Fault fault, String kind) {
    for (Path file : List.of(WAVE, MP3)) {
      Pipeline pipeline = Pipeline.create();
      DecodeAudio.Result result = decode(pipeline, fault.uri(file), Segmenter.whole());
      PAssert.that(kinds(result)).containsInAnyOrder(kind);
      PAssert.that(result.segments()).empty();
      pipeline.run().waitUntilFinish();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN_TOO_MANY_FILES, raise the limit of open files (ulimit -n)",
    "READ_DISK_FULL, free some space on the disk",
    "READ_LINKAGE, check the class path of the worker",
  })
  void aFaultOfTheWorkerEndsTheBundle(Fault fault, String remedy) {
    for (Path file : List.of(WAVE, MP3)) {
      Pipeline pipeline = Pipeline.create();
      DecodeAudio.Result unused = decode(pipeline, fault.uri(file), Segmenter.whole());
      WorkerFaults.assertThrown(remedy, () -> pipeline.run().waitUntilFinish());
    }
  }

  /** Fails with an unchecked exception in the middle of a recording, or at its end. */
  private record Defect(boolean atEnd) implements Segmenter {
    @Override
    public Session open(int sampleRate, List<Span> spans) {
      return new Session() {
        @Override
        public void accept(float[] samples, int length, Out out) {
          if (!atEnd) {
            throw new ArrayIndexOutOfBoundsException(length);
          }
        }

        @Override
        public void finish(Out out) {
          throw new ArithmeticException("/ by zero");
        }
      };
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDefectOfTheDecoderOrSegmenterIsOneFailure(boolean atEnd) {
    for (Path file : List.of(WAVE, MP3)) {
      Pipeline pipeline = Pipeline.create();
      DecodeAudio.Result result = decode(pipeline, Fault.NONE.uri(file), new Defect(atEnd));
      PAssert.that(kinds(result)).containsInAnyOrder("INTERNAL");
      PAssert.that(result.recordings()).empty();
      pipeline.run().waitUntilFinish();
    }
  }

  /** As a runner that has fused a later stage to this one, which fails on every segment. */
  private static final class FusedStage implements MultiOutputReceiver {
    private final RuntimeException thrown = new IllegalStateException("a later stage fails");

    @Override
    public <T> OutputReceiver<T> get(TupleTag<T> tag) {
      assertEquals(SegmentStage.none().results(), tag);
      return value -> {
        throw thrown;
      };
    }

    @Override
    public <T> OutputReceiver<Row> getRowReceiver(TupleTag<T> tag) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void anExceptionOfALaterStageIsNotAFailureOfTheRecording() {
    DecodeFn<SpeechSegment> decode =
        new DecodeFn<>(
            DecodeAudio.recordings()
                .withSegmenter(Segmenter.whole())
                .withStream(StreamChoice.loudest()),
            SegmentStage.none(),
            false);
    decode.setup();
    for (Path file : List.of(WAVE, MP3)) {
      FusedStage later = new FusedStage();
      Recording recording = Recording.file(file.toString());
      assertSame(
          later.thrown,
          assertThrows(IllegalStateException.class, () -> decode.process(recording, later)));
    }
    decode.teardown();
  }
}
