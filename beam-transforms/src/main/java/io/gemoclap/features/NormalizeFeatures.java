package io.gemoclap.features;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import io.gemoclap.audio.Recording;
import io.gemoclap.audio.SegmentRef;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Standardises features with the statistics of their own recording and channel, or speaker, and of
 * the archive, as far as the spec uses them.
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
 * before it, itself included. So the first ones lean on the levels above, and the results depend on
 * the order of arrival. A group that has got no segment for the idle timeout is forgotten. Windows
 * should last longer than a recording; in the global window nothing is ever too late.
 *
 * <p>Unless {@link #withArchive} gives the archive's statistics, they are those of the whole input:
 * of bounded input by window; of unbounded input a running estimate over all windows that is empty
 * at first and renewed every ten seconds.
 */
@AutoValue
public abstract class NormalizeFeatures
    extends PTransform<PCollection<SpeechFeatures>, PCollection<SpeechFeatures>> {
  /** The metadata, as a rule a column of a manifest, that names a segment's speaker. */
  public static final String SPEAKER = Recording.SPEAKER;

  /**
   * The metadata that says where a speaker's name means the same person: with the value {@link
   * #IN_RECORDING} in the segment's recording alone, as diarisation numbers speakers; otherwise
   * everywhere.
   */
  public static final String SPEAKER_SCOPE = "speaker_scope";

  /** The value of {@link #SPEAKER_SCOPE} for names that mean nothing outside of their recording. */
  public static final String IN_RECORDING = "recording";

  NormalizeFeatures() {}

  abstract NormalizationSpec spec();

  @Nullable
  abstract ArchiveStatistics archive();

  abstract Duration idleTimeout();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setSpec(NormalizationSpec spec);

    abstract Builder setArchive(@Nullable ArchiveStatistics archive);

    abstract Builder setIdleTimeout(Duration idleTimeout);

    abstract NormalizeFeatures build();
  }

  /**
   * Standardises as {@code spec} says, as a rule that of a model's bundle. By {@code SPEAKER} or
   * {@code AUTO}, segments whose metadata name no {@link #SPEAKER} are grouped by recording and
   * channel instead, and {@link #SPEAKER_SCOPE} says where names are the same. By {@code NONE}, all
   * are measured by the training corpus alone, and by {@code ARCHIVE} by the archive.
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

  /**
   * Takes the archive's statistics as given instead of estimating them from the input; a spec that
   * does not use the archive ignores them. Default: none are given.
   *
   * @throws IllegalArgumentException if their columns are not those of the spec
   */
  public NormalizeFeatures withArchive(ArchiveStatistics archive) {
    FeatureNormalizer unused = spec().normalizer().withArchive(archive.sum());
    return toBuilder().setArchive(archive).build();
  }

  @Override
  public PCollection<SpeechFeatures> expand(PCollection<SpeechFeatures> features) {
    Normalization by = spec().by();
    ArchiveSource archive = source(features);
    PCollection<SpeechFeatures> normalized;
    if (!by.usesGroups()) {
      normalized = features.apply("Alike", archive.reading(new AlikeFn(archive)));
    } else if (features.isBounded() == IsBounded.BOUNDED) {
      normalized = features.apply("TwoPasses", new TwoPasses(by, archive));
    } else {
      normalized =
          features
              .apply(
                  "KeyByGroup",
                  WithKeys.of((SpeechFeatures segment) -> group(by, segment.ref()))
                      .withKeyType(TypeDescriptors.strings()))
              .setCoder(KvCoder.of(StringUtf8Coder.of(), SpeechFeaturesCoder.of()))
              .apply("Running", archive.reading(new RunningFn(archive, idleTimeout())));
    }
    return normalized.setCoder(SpeechFeaturesCoder.of());
  }

  private ArchiveSource source(PCollection<SpeechFeatures> features) {
    FeatureNormalizer normalizer = spec().normalizer();
    ArchiveStatistics given = archive();
    if (!spec().by().usesArchive()) {
      return new ArchiveSource(normalizer, null);
    }
    return given == null
        ? new ArchiveSource(normalizer, features.apply("Archive", new ArchiveLevel()))
        : new ArchiveSource(normalizer.withArchive(given.sum()), null);
  }

  /** Measures all segments alike, by the archive or the training corpus. */
  static final class AlikeFn extends DoFn<SpeechFeatures, SpeechFeatures> {
    private final ArchiveSource archive;

    AlikeFn(ArchiveSource archive) {
      this.archive = archive;
    }

    @ProcessElement
    public void process(ProcessContext context, OutputReceiver<SpeechFeatures> out) {
      out.output(
          normalized(context.element(), archive.normalizer(context), GroupStatistics.none()));
    }
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
    if (!by.usesSpeakers() || speaker.isBlank()) {
      return "recording " + channel(ref);
    }
    return IN_RECORDING.equals(ref.metadata().get(SPEAKER_SCOPE))
        ? "voice " + ref.recording() + "#" + speaker
        : "speaker " + speaker;
  }

  /** Names recording and channel. */
  static String channel(SegmentRef ref) {
    return ref.recording() + "#" + ref.channel();
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("normalize", spec().by().toString()).withLabel("Normalised by"));
    builder.add(DisplayData.item("priorWeight", spec().priorWeight()).withLabel("Prior weight"));
    ArchiveStatistics given = archive();
    builder.add(
        DisplayData.item("archive", given == null ? "of the input" : given.version())
            .withLabel("Archive statistics"));
  }
}
