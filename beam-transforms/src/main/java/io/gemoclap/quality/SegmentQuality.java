package io.gemoclap.quality;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.apache.beam.sdk.schemas.annotations.SchemaFieldNumber;

/**
 * How well a segment was recorded, measured on its samples x at one rate, 1.0 being full scale. Has
 * a Beam schema. Immutable.
 */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class SegmentQuality {
  /** A quality with all measures. */
  @SchemaCreate
  public static SegmentQuality create(
      double snrDb, double clipping, double bandwidthHz, double levelDbfs, double speechShare) {
    return new AutoValue_SegmentQuality(snrDb, clipping, bandwidthHz, levelDbfs, speechShare);
  }

  /**
   * Estimated signal-to-noise ratio in dB, −20 to 60. From how the amplitudes are distributed:
   * WADA-SNR (Kim and Stern, "Robust signal-to-noise ratio estimation based on waveform amplitude
   * distribution analysis", Interspeech 2008).
   */
  @SchemaFieldNumber("0")
  public abstract double getSnrDb();

  /**
   * Share of samples that are clipped, 0 to 1: those in runs of at least three samples with |x| ≥
   * 0.99, as Audacity's "Find Clipping" counts by default. Clipping that was resampled or turned
   * down later is not found.
   */
  @SchemaFieldNumber("1")
  public abstract double getClipping();

  /**
   * The highest frequency in Hz at which the long-term average spectrum (Welch, "The use of fast
   * Fourier transform for the estimation of power spectra", IEEE Trans. Audio Electroacoust. 15,
   * 1967; Hann windows of 32 ms, half overlapping) is within 50 dB of its maximum. Telephone speech
   * that was stored at 16 kHz has about 3,400.
   */
  @SchemaFieldNumber("2")
  public abstract double getBandwidthHz();

  /** Level in dB of full scale: 10 log₁₀ mean(x²); −120 if that is lower. A full sine has −3. */
  @SchemaFieldNumber("3")
  public abstract double getLevelDbfs();

  /**
   * Share of the time in which someone speaks, 0 to 1: the activity factor of ITU-T P.56 (2011),
   * method B.
   */
  @SchemaFieldNumber("4")
  public abstract double getSpeechShare();
}
