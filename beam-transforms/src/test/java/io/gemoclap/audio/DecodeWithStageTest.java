package io.gemoclap.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodeWithStageTest {
  private static final int SECONDS = 90;

  @TempDir Path folder;

  /** Gives the start of a segment, and fails the one that starts at 15 seconds. */
  private static final class Starts implements SegmentStage<Double> {
    private static final long serialVersionUID = 1L;
    private static final TupleTag<Double> RESULTS = new TupleTag<>("starts") {};

    @Override
    public TupleTag<Double> results() {
      return RESULTS;
    }

    @Override
    public Coder<Double> coder() {
      return DoubleCoder.of();
    }

    @Override
    public Worker<Double> open() {
      return (segment, results, failures) -> {
        SegmentRef ref = segment.ref();
        if (ref.startSeconds() == 15) {
          failures.accept(
              Failure.of("Starts", FailureKind.UNFIT, ref.id(), ref.recording(), "No start"));
        } else {
          results.accept(ref.startSeconds());
        }
      };
    }
  }

  @Test
  void aStageSeesTheFirstMinuteAndTheRestIsSpread() throws IOException {
    Path file = folder.resolve("syllables.wav");
    float[] samples = Sound.SYLLABLES.samples(SECONDS, -20, 1);
    ByteBuffer data = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : samples) {
      data.putShort((short) (sample * Short.MAX_VALUE));
    }
    WavBuilder wave = new WavBuilder().data(data.array());
    Files.write(file, wave.build());

    Pipeline pipeline = Pipeline.create();
    Starts stage = new Starts();
    DecodeAudio settings =
        DecodeAudio.recordings()
            .withSegmenter(Segmenter.fixedWindows(15, 15))
            .withSpeechThreshold(0);
    PCollectionTuple decoded =
        pipeline
            .apply(Create.of(Recording.file(file.toString())).withCoder(RecordingCoder.of()))
            .apply(new DecodeWithStage<>(settings, stage));
    PAssert.that(decoded.get(stage.results())).containsInAnyOrder(0.0, 30.0, 45.0);
    PAssert.that(
            decoded
                .get(DecodeWithStage.SPREAD)
                .apply(
                    MapElements.into(TypeDescriptors.doubles())
                        .via(segment -> segment.ref().startSeconds())))
        .containsInAnyOrder(60.0, 75.0);
    PAssert.that(
            decoded
                .get(DecodeWithStage.FAILURES)
                .apply(MapElements.into(TypeDescriptors.strings()).via(Failure::getStage)))
        .containsInAnyOrder("Starts");
    PAssert.thatSingleton(decoded.get(DecodeWithStage.RECORDINGS))
        .satisfies(
            recording -> {
              assertEquals(6, recording.getSegments());
              return null;
            });
    pipeline.run().waitUntilFinish();
  }
}
