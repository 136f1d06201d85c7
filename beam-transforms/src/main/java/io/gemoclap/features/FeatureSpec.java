package io.gemoclap.features;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.features.FeaturePart.Kind;
import io.gemoclap.features.FeaturePart.Preset;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.beam.sdk.annotations.Internal;

/**
 * What to compute from speech: the sampling rate and one or more {@linkplain FeaturePart parts},
 * whose columns stand side by side in the matrix.
 *
 * <p>An immutable value, thread-safe, that Jackson writes to JSON and reads back. A model bundle
 * carries the spec of the features that its model was trained on. The factories below are the only
 * place where sampling rate, window, hop, transform size, bins and frequencies stand as numbers.
 *
 * @param sampleRate samples per second that the extractor expects
 * @param parts at least one part; several must share hop and {@linkplain FeaturePart#isCentred
 *     framing} so that their rows mean the same moments, and no two may be of one kind and preset
 * @param functionals whether the matrix is one row of statistics over the frames instead of the
 *     frames themselves; needs an MFCC and a prosody part, in this order
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record FeatureSpec(int sampleRate, List<FeaturePart> parts, boolean functionals)
    implements Serializable {
  private static final int WINDOW_25_MS = 400;
  private static final int HOP_10_MS = 160;
  private static final int FFT = 512;
  private static final int BINS = 80;
  private static final int EMOTION_BINS = 64;
  private static final int COEFFICIENTS = 20;
  private static final int PITCH_WINDOW_47_MS = 752;
  private static final int PITCH_WINDOW_64_MS = 1_024;
  private static final double LOWEST_PITCH_HZ = 60;
  private static final double HIGHEST_PITCH_HZ = 500;
  private static final double NYQUIST_HZ = 8_000;

  /**
   * Checks the parts, each alone and together.
   *
   * @throws IllegalArgumentException if a part does not fit the sampling rate or the other parts
   */
  public FeatureSpec {
    parts = List.copyOf(parts);
    if (sampleRate < 1 || parts.isEmpty()) {
      throw new IllegalArgumentException(
          "A feature spec needs a sampling rate and a part, not " + sampleRate + " and " + parts);
    }
    FeaturePart first = parts.get(0);
    for (FeaturePart part : parts) {
      if (part.maxHz() * 2 > sampleRate) {
        throw new IllegalArgumentException(
            part + " reaches above half of the sampling rate of " + sampleRate + " Hz");
      }
      if (part.hopSamples() != first.hopSamples() || part.isCentred() != first.isCentred()) {
        throw new IllegalArgumentException(
            "The frames of " + first + " and " + part + " differ in hop or centring");
      }
    }
    long distinct = parts.stream().map(FeaturePart::label).distinct().count();
    if (distinct < parts.size()) {
      throw new IllegalArgumentException("A part occurs twice in " + parts);
    }
    List<Kind> kinds = parts.stream().map(FeaturePart::kind).toList();
    if (functionals && !kinds.equals(List.of(Kind.MFCC, Kind.PROSODY))) {
      throw new IllegalArgumentException(
          "Functionals need an MFCC and a prosody part, in this order, not " + parts);
    }
  }

  /**
   * The input of the compact audio tower: one row of statistics over the whole segment, of twenty
   * cepstra from 50 to 6,400 Hz and of prosody.
   */
  public static FeatureSpec emotionFunctionals() {
    FeaturePart cepstra =
        framed(Kind.MFCC, Preset.LIBROSA, FFT)
            .setBins(EMOTION_BINS)
            .setCoefficients(COEFFICIENTS)
            .setMinHz(50)
            .setMaxHz(6_400)
            .build();
    FeaturePart prosody = prosody(Preset.GEMOCLAP, PITCH_WINDOW_47_MS);
    return new FeatureSpec(SampleSink.SPEECH_RATE, List.of(cepstra, prosody), true);
  }

  /**
   * A log-mel spectrogram with 80 bins, 25 ms windows and a 10 ms hop at 16 kHz.
   *
   * <ul>
   *   <li>{@code LIBROSA}: natural logarithm of {@code librosa.feature.melspectrogram(n_fft=512,
   *       win_length=400, hop_length=160, n_mels=80)}, floored at 1e-10.
   *   <li>{@code WHISPER}: as OpenAI's Whisper, without its padding to 30 s: transform of 400,
   *       log10, at most 8 below the segment's peak, {@code (x + 4) / 4}, last frame dropped.
   *   <li>{@code KALDI}: Kaldi's fbank with dither 0, from 20 Hz up, over samples in 16-bit scale;
   *       only whole windows (frames are not centred).
   * </ul>
   *
   * @throws IllegalArgumentException for a preset that defines no log-mel spectrogram
   */
  public static FeatureSpec logMel(Preset preset) {
    return switch (preset) {
      case LIBROSA -> of(logMel(preset, FFT, 0));
      case WHISPER -> of(logMel(preset, WINDOW_25_MS, 0));
      case KALDI -> of(logMel(preset, FFT, 20));
      case WAV2VEC2, GEMOCLAP, RAW ->
          throw new IllegalArgumentException(preset + " defines no log-mel");
    };
  }

  /** Twenty mel-frequency cepstral coefficients, as {@code librosa.feature.mfcc}, no deltas. */
  public static FeatureSpec mfcc() {
    return mfcc(0);
  }

  /**
   * Twenty mel-frequency cepstral coefficients and their derivatives over time.
   *
   * @param deltas 0 for none, 1 for first derivatives, 2 for first and second, as {@code
   *     librosa.feature.delta} with a width of 9 frames; a segment must then have those nine frames
   *     (1,280 samples), and shorter ones are refused
   */
  public static FeatureSpec mfcc(int deltas) {
    return of(
        framed(Kind.MFCC, Preset.LIBROSA, FFT)
            .setBins(BINS)
            .setCoefficients(COEFFICIENTS)
            .setDeltas(deltas)
            .setMaxHz(NYQUIST_HZ)
            .build());
  }

  /**
   * How something is said, every 10 ms at 16 kHz, in frames centred as librosa's are. Columns:
   *
   * <ol>
   *   <li>{@code f0_hz}: pitch from 60 to 500 Hz by pYIN (Mauch and Dixon 2014), 0 where unvoiced
   *   <li>{@code voicing}: periodicity, 0 to 1, also where unvoiced
   *   <li>{@code energy_db}: root mean square in dB of full scale, at least -100
   *   <li>{@code centroid_hz}, {@code rolloff_hz}: centre of the magnitude spectrum, and the
   *       frequency below which 85 % of it lies; 0 in silence
   *   <li>{@code flatness}: 0 for a tone, 1 for white noise and for silence
   *   <li>{@code zero_crossings}: sign changes per sample, 0 to 1
   * </ol>
   *
   * <p>All but the first two equal librosa's {@code rms}, {@code spectral_centroid}, {@code
   * spectral_rolloff}, {@code spectral_flatness} and {@code zero_crossing_rate}.
   */
  public static FeatureSpec prosody() {
    return of(prosody(Preset.LIBROSA, PITCH_WINDOW_64_MS));
  }

  private static FeaturePart prosody(Preset preset, int pitchWindow) {
    return framed(Kind.PROSODY, preset, FFT)
        .setPitchSamples(pitchWindow)
        .setMinHz(LOWEST_PITCH_HZ)
        .setMaxHz(HIGHEST_PITCH_HZ)
        .build();
  }

  /**
   * The waveform itself at 16 kHz, shifted and scaled to zero mean and unit variance over the
   * segment, as encoders of the wav2vec2 family expect it: one row per sample, one column. Their
   * first layers look at 400 samples at once, so a segment must have at least that many.
   */
  public static FeatureSpec waveform() {
    return waveform(true);
  }

  /**
   * The waveform itself at 16 kHz, as {@link #waveform()} or as it was decoded.
   *
   * @param normalized whether each segment gets zero mean and unit variance: {@code do_normalize}
   *     in the {@code preprocessor_config.json} of a Hugging Face folder
   */
  public static FeatureSpec waveform(boolean normalized) {
    return of(
        FeaturePart.builder(Kind.WAVEFORM, normalized ? Preset.WAV2VEC2 : Preset.RAW)
            .setWindowSamples(WINDOW_25_MS)
            .setHopSamples(1)
            .build());
  }

  private static FeaturePart logMel(Preset preset, int fft, double minHz) {
    return framed(Kind.LOG_MEL, preset, fft)
        .setBins(BINS)
        .setMinHz(minHz)
        .setMaxHz(NYQUIST_HZ)
        .build();
  }

  private static FeaturePart.Builder framed(Kind kind, Preset preset, int fft) {
    return FeaturePart.builder(kind, preset)
        .setWindowSamples(WINDOW_25_MS)
        .setHopSamples(HOP_10_MS)
        .setFftSize(fft);
  }

  private static FeatureSpec of(FeaturePart part) {
    return new FeatureSpec(SampleSink.SPEECH_RATE, List.of(part), false);
  }

  /**
   * The columns of this spec followed by those of another.
   *
   * @throws IllegalArgumentException if sampling rates or frames differ, or a part occurs in both
   */
  public FeatureSpec and(FeatureSpec other) {
    if (other.sampleRate != sampleRate) {
      throw new IllegalArgumentException(
          "Sampling rates differ: " + sampleRate + " and " + other.sampleRate);
    }
    List<FeaturePart> all = new ArrayList<>(parts);
    all.addAll(other.parts);
    return new FeatureSpec(sampleRate, all, false);
  }

  /**
   * The same features of a perturbed voice, for training.
   *
   * @param warp factor on the edges of the mel filters: above 1 as a longer vocal tract. No edge
   *     moves above half of the sampling rate
   * @param hopSamples another hop: a smaller one makes the same speech slower
   */
  @Internal
  public FeatureSpec perturbed(double warp, int hopSamples) {
    return new FeatureSpec(
        sampleRate,
        parts.stream().map(part -> part.perturbed(warp, hopSamples, sampleRate / 2.0)).toList(),
        functionals);
  }

  /** A new extractor for this spec, for one thread at a time. */
  @Internal
  public FeatureExtractor extractor() {
    List<FeatureExtractor> extractors = new ArrayList<>();
    int from = 0;
    while (from < parts.size()) {
      FeaturePart first = parts.get(from);
      int to = from + 1;
      while (to < parts.size() && Framing.isShared(first, parts.get(to))) {
        to++;
      }
      extractors.add(
          first.kind() == Kind.WAVEFORM
              ? new Waveform(first, sampleRate)
              : new SpectralExtractor(parts.subList(from, to), sampleRate));
      from = to;
    }
    FeatureExtractor frames =
        extractors.size() == 1 ? extractors.get(0) : new ConcatenatedExtractors(extractors);
    return functionals ? new Functionals(frames, parts.get(0).coefficients()) : frames;
  }

  @Override
  public String toString() {
    return parts.stream()
        .map(FeaturePart::toString)
        .collect(
            Collectors.joining(
                "; ", functionals ? "functionals of " : "", "; at " + sampleRate + " Hz"));
  }
}
