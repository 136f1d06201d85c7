package io.gemoclap;

import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.DecodeWithStage;
import io.gemoclap.audio.DecodedRecording;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.SegmentRef;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.features.ExtractFeatures;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.GroupStatistics;
import io.gemoclap.features.SpeechFeatures;
import java.io.Serializable;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * The statistics of an archive, from its recordings or some of them, for {@link
 * AnnotateSpeech#withArchive}. They are decoded, cut and turned into features as for annotation; no
 * audio is kept. Of each recording, the first five minutes count. What cannot be decoded is left
 * out, and reported when it is annotated.
 *
 * <p>For bounded input. The result is one element, and does not depend on order or runner, unless a
 * number lies on the border between two floats.
 */
public final class EstimateArchive
    extends PTransform<PCollection<Recording>, PCollection<ArchiveStatistics>> {
  private static final double SECONDS = 300;

  private final DecodeAudio decode;
  private final FeatureSpec spec;

  private EstimateArchive(DecodeAudio decode, FeatureSpec spec) {
    this.decode = decode;
    this.spec = spec;
  }

  /** Decodes, cuts and computes features as {@code annotate} does. */
  public static EstimateArchive of(AnnotateSpeech annotate) {
    return new EstimateArchive(annotate.decoding().upTo(SECONDS), annotate.spec());
  }

  @Override
  public PCollection<ArchiveStatistics> expand(PCollection<Recording> recordings) {
    // Sections after the first would be decoded for nothing.
    DecodedFeatures audio =
        DecodedFeatures.of(
            recordings,
            stage -> new DecodeWithStage<>(decode, stage).withoutSections(),
            ExtractFeatures.of(spec));
    PCollection<Sums> segments = audio.features().apply("OfSegment", sums(Sums::of));
    PCollection<Sums> decoded = audio.recordings().apply("OfRecording", sums(Sums::of));
    FeatureSpec features = spec;
    return PCollectionList.of(segments)
        .and(decoded)
        .apply("Together", Flatten.pCollections())
        .apply("Sum", Combine.globally(new SumFn()))
        .apply(
            "Statistics",
            MapElements.into(TypeDescriptor.of(ArchiveStatistics.class))
                .via(
                    sum ->
                        ArchiveStatistics.of(features, sum.recordings, sum.seconds, sum.segments)));
  }

  private static <T> PTransform<PCollection<T>, PCollection<Sums>> sums(
      SerializableFunction<T, Sums> of) {
    return new PTransform<>() {
      @Override
      public PCollection<Sums> expand(PCollection<T> input) {
        return input
            .apply("Sums", MapElements.into(TypeDescriptor.of(Sums.class)).via(of))
            .setCoder(SerializableCoder.of(Sums.class));
      }
    };
  }

  /** What is added up. */
  private record Sums(long recordings, double seconds, GroupStatistics segments)
      implements Serializable {
    static Sums of(DecodedRecording recording) {
      return new Sums(1, 0, GroupStatistics.none());
    }

    static Sums of(SpeechFeatures segment) {
      SegmentRef ref = segment.ref();
      return new Sums(
          0, ref.endSeconds() - ref.startSeconds(), GroupStatistics.of(segment.matrix()));
    }
  }

  private static final class SumFn extends Combine.BinaryCombineFn<Sums> {
    @Override
    public Sums apply(Sums left, Sums right) {
      return new Sums(
          left.recordings + right.recordings,
          left.seconds + right.seconds,
          left.segments.plus(right.segments));
    }

    @Override
    public Sums identity() {
      return new Sums(0, 0, GroupStatistics.none());
    }
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("seconds", SECONDS).withLabel("Seconds of each recording"));
    builder.include("decode", decode);
    builder.include("extract", ExtractFeatures.of(spec));
  }
}
