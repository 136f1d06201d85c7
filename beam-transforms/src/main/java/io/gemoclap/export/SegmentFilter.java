package io.gemoclap.export;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.auto.value.AutoValue;
import io.gemoclap.quality.SegmentQuality;
import io.gemoclap.score.EmotionScores;
import java.io.Serializable;
import java.util.Optional;

/**
 * Which segments a corpus takes. Without settings, it takes all but the uncertain ones. Limits of
 * confidence do not concern labels that people gave. Immutable.
 */
@AutoValue
public abstract class SegmentFilter implements Serializable {
  private static final long serialVersionUID = 1L;

  abstract boolean uncertain();

  abstract double leastConfidence();

  abstract double leastSpeechProbability();

  abstract double leastSeconds();

  abstract double mostSeconds();

  abstract double leastSnrDb();

  abstract double mostClipping();

  abstract double leastBandwidthHz();

  abstract double leastLevelDbfs();

  abstract double leastSpeechShare();

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder setUncertain(boolean uncertain);

    abstract Builder setLeastConfidence(double p);

    abstract Builder setLeastSpeechProbability(double p);

    abstract Builder setLeastSeconds(double seconds);

    abstract Builder setMostSeconds(double seconds);

    abstract Builder setLeastSnrDb(double decibels);

    abstract Builder setMostClipping(double share);

    abstract Builder setLeastBandwidthHz(double hertz);

    abstract Builder setLeastLevelDbfs(double decibels);

    abstract Builder setLeastSpeechShare(double share);

    abstract SegmentFilter build();
  }

  /** All segments that the model was certain about, or that people gave a label. */
  public static SegmentFilter certain() {
    return new AutoValue_SegmentFilter.Builder()
        .setUncertain(false)
        .setLeastConfidence(0)
        .setLeastSpeechProbability(0)
        .setLeastSeconds(0)
        .setMostSeconds(Double.POSITIVE_INFINITY)
        .setLeastSnrDb(Double.NEGATIVE_INFINITY)
        .setMostClipping(1)
        .setLeastBandwidthHz(0)
        .setLeastLevelDbfs(Double.NEGATIVE_INFINITY)
        .setLeastSpeechShare(0)
        .build();
  }

  /** Whether segments that the model abstained from are taken, too; default false. */
  public SegmentFilter withUncertain(boolean uncertain) {
    return toBuilder().setUncertain(uncertain).build();
  }

  /** Least confidence, 0 to 1. */
  public SegmentFilter withLeastConfidence(double p) {
    return toBuilder().setLeastConfidence(share("leastConfidence", p)).build();
  }

  /**
   * Least speech probability, 0 to 1. Above 0, segments whose probability is unknown are dropped.
   */
  public SegmentFilter withLeastSpeechProbability(double p) {
    return toBuilder().setLeastSpeechProbability(share("leastSpeechProbability", p)).build();
  }

  /** Least and greatest length in seconds. */
  public SegmentFilter withSeconds(double least, double most) {
    checkArgument(
        least >= 0 && most > least, "seconds must satisfy 0 <= %s < %s, but do not", least, most);
    return toBuilder().setLeastSeconds(least).setMostSeconds(most).build();
  }

  /** Least {@linkplain SegmentQuality#getSnrDb signal-to-noise ratio} in dB. */
  public SegmentFilter withLeastSnrDb(double decibels) {
    return toBuilder().setLeastSnrDb(decibels).build();
  }

  /** Greatest {@linkplain SegmentQuality#getClipping share of clipped samples}, 0 to 1. */
  public SegmentFilter withMostClipping(double share) {
    return toBuilder().setMostClipping(share("mostClipping", share)).build();
  }

  /** Least {@linkplain SegmentQuality#getBandwidthHz bandwidth} in Hz. */
  public SegmentFilter withLeastBandwidthHz(double hertz) {
    return toBuilder().setLeastBandwidthHz(hertz).build();
  }

  /** Least {@linkplain SegmentQuality#getLevelDbfs level} in dB of full scale. */
  public SegmentFilter withLeastLevelDbfs(double decibels) {
    return toBuilder().setLeastLevelDbfs(decibels).build();
  }

  /** Least {@linkplain SegmentQuality#getSpeechShare share of speech}, 0 to 1. */
  public SegmentFilter withLeastSpeechShare(double share) {
    return toBuilder().setLeastSpeechShare(share("leastSpeechShare", share)).build();
  }

  private static double share(String name, double value) {
    checkArgument(value >= 0 && value <= 1, "%s is %s, but must lie in [0, 1]", name, value);
    return value;
  }

  /** Whether audio must be measured before it is known which segments are taken. */
  boolean needsQuality() {
    return leastSnrDb() > Double.NEGATIVE_INFINITY
        || mostClipping() < 1
        || leastBandwidthHz() > 0
        || leastLevelDbfs() > Double.NEGATIVE_INFINITY
        || leastSpeechShare() > 0;
  }

  /** Why a segment is dropped; empty if it is taken. Quality is looked at where it is known. */
  Optional<DropReason> drops(ExportItem item) {
    EmotionScores segment = item.getSegment();
    if (item.getLabelSource().equals(ExportItem.MODEL)) {
      if (segment.getAbstained() && !uncertain()) {
        return Optional.of(DropReason.UNCERTAIN);
      }
      if (segment.getConfidence() < leastConfidence()) {
        return Optional.of(DropReason.CONFIDENCE);
      }
    }
    if (segment.getSpeechProbability() < leastSpeechProbability() && leastSpeechProbability() > 0) {
      return Optional.of(DropReason.SPEECH_PROBABILITY);
    }
    if (item.seconds() < leastSeconds()) {
      return Optional.of(DropReason.TOO_SHORT);
    }
    if (item.seconds() > mostSeconds()) {
      return Optional.of(DropReason.TOO_LONG);
    }
    SegmentQuality quality = item.getQuality();
    return quality == null ? Optional.empty() : drops(quality);
  }

  private Optional<DropReason> drops(SegmentQuality quality) {
    if (quality.getSnrDb() < leastSnrDb()) {
      return Optional.of(DropReason.SNR);
    }
    if (quality.getClipping() > mostClipping()) {
      return Optional.of(DropReason.CLIPPING);
    }
    if (quality.getBandwidthHz() < leastBandwidthHz()) {
      return Optional.of(DropReason.BANDWIDTH);
    }
    if (quality.getLevelDbfs() < leastLevelDbfs()) {
      return Optional.of(DropReason.LEVEL);
    }
    return quality.getSpeechShare() < leastSpeechShare()
        ? Optional.of(DropReason.SPEECH_SHARE)
        : Optional.empty();
  }
}
