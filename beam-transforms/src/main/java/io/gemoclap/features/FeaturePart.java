package io.gemoclap.features;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.google.auto.value.AutoBuilder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.annotations.Internal;

/**
 * One group of columns in a {@link FeatureSpec}. Sizes that a kind does not use are 0, and JSON
 * leaves them out. An immutable value, thread-safe.
 *
 * @param kind what is computed
 * @param preset whose definition is followed
 * @param bins mel bins ({@code LOG_MEL}, {@code MFCC})
 * @param coefficients cepstral coefficients, at most as many as bins ({@code MFCC})
 * @param deltas 0, 1 or 2 derivatives over time ({@code MFCC})
 * @param windowSamples length of the analysis window; for {@code WAVEFORM} the least length
 * @param hopSamples samples from one frame to the next; 1 for {@code WAVEFORM}
 * @param fftSize length of the Fourier transform, even, at least the window
 * @param pitchSamples length of the stretch in which pitch is sought ({@code PROSODY})
 * @param minHz lowest frequency of the mel filters, or lowest pitch ({@code PROSODY})
 * @param maxHz highest frequency of the mel filters, or highest pitch ({@code PROSODY})
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record FeaturePart(
    Kind kind,
    Preset preset,
    int bins,
    int coefficients,
    int deltas,
    int windowSamples,
    int hopSamples,
    int fftSize,
    int pitchSamples,
    double minHz,
    double maxHz)
    implements Serializable {

  /** A quarter of a second at 16 kHz, which bounds the memory of an extractor. */
  private static final int MAX_FFT = 4_096;

  /** What a part computes. */
  public enum Kind {
    /** Logarithm of mel-filtered power. */
    LOG_MEL,
    /** Mel-frequency cepstral coefficients. */
    MFCC,
    /** Pitch, voicing, energy and spectral shape. */
    PROSODY,
    /** The samples themselves, normalised or as they are. */
    WAVEFORM
  }

  /** Whose definition a part follows. */
  public enum Preset {
    /** librosa 0.10 and later: centred frames, zero padding, Slaney's mel scale, pYIN. */
    LIBROSA,
    /** As librosa, but with this library's own pitch tracker. */
    GEMOCLAP,
    /** OpenAI's Whisper. */
    WHISPER,
    /** Kaldi's fbank. */
    KALDI,
    /** The feature extractor of the wav2vec2 family in Hugging Face's transformers. */
    WAV2VEC2,
    /** Samples as they were decoded. */
    RAW
  }

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if they do not fit the kind or each other
   */
  @Internal
  public FeaturePart {
    if (kind == null || preset == null) {
      throw new IllegalArgumentException("A feature part needs a kind and a preset");
    }
    require(isDefined(kind, preset), preset + " does not define " + kind);
    require(windowSamples > 0 && hopSamples > 0, "window and hop must be positive");
    if (kind == Kind.WAVEFORM) {
      require(hopSamples == 1, "the hop of a waveform must be one sample");
    } else {
      require(minHz >= 0 && minHz < maxHz, "no frequencies from " + minHz + " to " + maxHz);
      require(
          fftSize % 2 == 0 && fftSize >= windowSamples && fftSize <= MAX_FFT,
          "the transform must be even, from the window to " + MAX_FFT + ", not " + fftSize);
    }
    if (kind == Kind.LOG_MEL || kind == Kind.MFCC) {
      require(bins > 0 && bins <= fftSize / 2, bins + " bins of a transform of " + fftSize);
    }
    if (kind == Kind.MFCC) {
      require(coefficients > 0 && coefficients <= bins, coefficients + " coefficients");
      require(deltas >= 0 && deltas <= 2, "deltas must be 0, 1 or 2, not " + deltas);
    }
    if (kind == Kind.PROSODY) {
      require(minHz > 0, "the lowest pitch must be above 0");
      require(
          pitchSamples % 4 == 0 && pitchSamples > 0 && pitchSamples <= MAX_FFT,
          "the pitch window must be a multiple of 4 up to " + MAX_FFT + ", not " + pitchSamples);
    }
  }

  private static void require(boolean fits, String otherwise) {
    if (!fits) {
      throw new IllegalArgumentException("Invalid feature settings: " + otherwise);
    }
  }

  private static boolean isDefined(Kind kind, Preset preset) {
    return switch (kind) {
      case LOG_MEL ->
          preset == Preset.LIBROSA || preset == Preset.WHISPER || preset == Preset.KALDI;
      case MFCC -> preset == Preset.LIBROSA;
      case PROSODY -> preset == Preset.LIBROSA || preset == Preset.GEMOCLAP;
      case WAVEFORM -> preset == Preset.WAV2VEC2 || preset == Preset.RAW;
    };
  }

  /** A builder of a part whose sizes are 0 unless they are set. */
  static Builder builder(Kind kind, Preset preset) {
    return new AutoBuilder_FeaturePart_Builder()
        .setKind(kind)
        .setPreset(preset)
        .setBins(0)
        .setCoefficients(0)
        .setDeltas(0)
        .setWindowSamples(0)
        .setHopSamples(0)
        .setFftSize(0)
        .setPitchSamples(0)
        .setMinHz(0)
        .setMaxHz(0);
  }

  @AutoBuilder
  abstract static class Builder {
    abstract Builder setKind(Kind kind);

    abstract Builder setPreset(Preset preset);

    abstract Builder setBins(int bins);

    abstract Builder setCoefficients(int coefficients);

    abstract Builder setDeltas(int deltas);

    abstract Builder setWindowSamples(int windowSamples);

    abstract Builder setHopSamples(int hopSamples);

    abstract Builder setFftSize(int fftSize);

    abstract Builder setPitchSamples(int pitchSamples);

    abstract Builder setMinHz(double minHz);

    abstract Builder setMaxHz(double maxHz);

    abstract FeaturePart build();
  }

  /**
   * The same of a perturbed voice.
   *
   * @param nyquistHz half of the sampling rate, which no filter's edge exceeds
   */
  FeaturePart perturbed(double warp, int hop, double nyquistHz) {
    double factor = kind == Kind.PROSODY ? 1 : warp;
    return new AutoBuilder_FeaturePart_Builder(this)
        .setHopSamples(hop)
        .setMinHz(minHz * factor)
        .setMaxHz(Math.min(maxHz * factor, nyquistHz))
        .build();
  }

  /**
   * Whether frame {@code i} is centred on sample {@code i * hopSamples}. Kaldi's frames begin there
   * instead.
   */
  boolean isCentred() {
    return preset != Preset.KALDI;
  }

  /** Kind and preset in short, such as {@code log_mel(kaldi)}. */
  String label() {
    return (kind + "(" + preset + ")").toLowerCase(Locale.ROOT);
  }

  /** What computes the columns of a part that is not a waveform. */
  SpectralColumns columns(int sampleRate) {
    return switch (kind) {
      case LOG_MEL -> new LogMel(this, sampleRate);
      case MFCC -> new Mfcc(this, sampleRate);
      case PROSODY -> new Prosody(this, sampleRate);
      case WAVEFORM -> throw new IllegalStateException("A waveform has no spectrum");
    };
  }

  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    addUnlessZero(words, "", bins, " bins");
    addUnlessZero(words, "", coefficients, " coefficients");
    addUnlessZero(words, "", deltas, " deltas");
    addUnlessZero(words, "window ", windowSamples, "");
    addUnlessZero(words, "hop ", hopSamples, "");
    addUnlessZero(words, "fft ", fftSize, "");
    addUnlessZero(words, "pitch ", pitchSamples, "");
    addUnlessZero(words, Math.round(minHz) + "-", Math.round(maxHz), " Hz");
    return label() + " " + String.join(", ", words);
  }

  private static void addUnlessZero(List<String> words, String before, long size, String after) {
    if (size != 0) {
      words.add(before + size + after);
    }
  }
}
