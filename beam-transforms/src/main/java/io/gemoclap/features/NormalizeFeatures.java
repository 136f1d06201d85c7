package io.gemoclap.features;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import io.gemoclap.audio.SegmentRef;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;

/**
 * Standardises features with the statistics of their own recording and channel, or speaker.
 *
 * <p>Every segment comes out once, with its own identity, timestamp and window; groups are kept
 * apart by window, and session windows are refused.
 *
 * <p>Bounded input takes two passes: statistics by group, then a join. The results do not depend on
 * order, runner or parallelism beyond 1e-6. A worker holds the features of one stretch of two
 * minutes of one recording, and the names of the stretches of one group.
 *
 * <p>Unbounded input is standardised by a running estimate in Beam's state, one of 16 bytes a
 * column for each group and window: a segment is measured by the segments of its group that came
 * before it, itself included. So the first ones lean on the prior, and the results depend on the
 * order of arrival. A group that has got no segment for the idle timeout is forgotten. Windows
 * should last longer than a recording; in the global window nothing is ever too late.
 */
@AutoValue
public abstract class NormalizeFeatures
    extends PTransform<PCollection<SpeechFeatures>, PCollection<SpeechFeatures>> {
  /** The metadata, as a rule a column of a manifest, that names a segment's speaker. */
  public static final String SPEAKER = "speaker";

  NormalizeFeatures() {}

  abstract NormalizationSpec spec();

  abstract Duration idleTimeout();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setSpec(NormalizationSpec spec);

    abstract Builder setIdleTimeout(Duration idleTimeout);

    abstract NormalizeFeatures build();
  }

  /**
   * Standardises as {@code spec} says, as a rule that of a model's bundle. Grouped by {@code
   * SPEAKER}, segments whose metadata name no {@link #SPEAKER} are grouped by recording and channel
   * instead. Grouped by {@code NONE}, all are measured by the spec's prior alone.
   */
  public static NormalizeFeatures with(NormalizationSpec spec) {
    return new AutoValue_NormalizeFeatures.Builder()
        .setSpec(spec)
        .setIdleTimeout(Duration.standardMinutes(10))
        .build();
  }

  /**
   * How long a recording or speaker of unbounded input is remembered after its last segment, by the
   * clock; more than 0, default ten minutes.
   */
  public NormalizeFeatures withIdleTimeout(Duration idleTimeout) {
    checkArgument(
        idleTimeout.isLongerThan(Duration.ZERO),
        "idleTimeout is %s, but must be more than 0",
        idleTimeout);
    return toBuilder().setIdleTimeout(idleTimeout).build();
  }

  @Override
  public PCollection<SpeechFeatures> expand(PCollection<SpeechFeatures> features) {
    FeatureNormalizer normalizer = spec().normalizer();
    Normalization by = spec().by();
    PCollection<SpeechFeatures> normalized;
    if (by == Normalization.NONE) {
      normalized =
          features.apply(
              "Prior",
              MapElements.into(TypeDescriptor.of(SpeechFeatures.class))
                  .via(segment -> normalized(segment, normalizer, GroupStatistics.none())));
    } else if (features.isBounded() == IsBounded.BOUNDED) {
      normalized = features.apply("TwoPasses", new TwoPasses(by, normalizer));
    } else {
      normalized =
          features
              .apply(
                  "KeyByGroup",
                  WithKeys.of((SpeechFeatures segment) -> group(by, segment.ref()))
                      .withKeyType(TypeDescriptors.strings()))
              .setCoder(KvCoder.of(StringUtf8Coder.of(), SpeechFeaturesCoder.of()))
              .apply("Running", ParDo.of(new RunningFn(normalizer, idleTimeout())));
    }
    return normalized.setCoder(SpeechFeaturesCoder.of());
  }

  static SpeechFeatures normalized(
      SpeechFeatures segment, FeatureNormalizer normalizer, GroupStatistics group) {
    return new SpeechFeatures(
        segment.ref(),
        normalizer.normalize(segment.matrix(), group),
        segment.origin().normalizedWith(normalizer.digest()));
  }

  /** Names the group of a segment, which no group of another kind has as its name. */
  static String group(Normalization by, SegmentRef ref) {
    String speaker = ref.metadata().getOrDefault(SPEAKER, "");
    return by == Normalization.SPEAKER && !speaker.isBlank()
        ? "speaker " + speaker
        : "recording " + channel(ref);
  }

  /** Names recording and channel. */
  static String channel(SegmentRef ref) {
    return ref.recording() + "#" + ref.channel();
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("normalize", spec().by().toString()).withLabel("Normalised by"));
    builder.add(DisplayData.item("priorWeight", spec().priorWeight()).withLabel("Prior weight"));
  }
}
