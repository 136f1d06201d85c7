package io.gemoclap.features;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Features of ten seconds of noise, and their kernels for one batch of frames. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FeatureBenchmark {
  private static final int HOP = 160;

  private final float[] samples = noise();
  private final FeatureExtractor logMel =
      FeatureSpec.logMel(FeaturePart.Preset.LIBROSA).extractor();
  private final FeatureExtractor mfcc = FeatureSpec.mfcc().extractor();
  private final FeatureExtractor prosody = FeatureSpec.prosody().extractor();
  private final FeatureExtractor functionals = FeatureSpec.emotionFunctionals().extractor();
  private final BatchFft fft = new BatchFft(256);
  private final double[][] re = BatchFft.rows(256);
  private final double[][] im = BatchFft.rows(256);
  private final PowerSpectrum spectrum = new PowerSpectrum(Windows.periodicHann(400), 512);
  private final Periodicity periodicity = new Periodicity(752, 268);

  private static float[] noise() {
    Random random = new Random(1);
    float[] samples = new float[160_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.1 * random.nextGaussian());
    }
    return samples;
  }

  /** 256 complex numbers of each frame of a batch; they stay zero, which takes as long. */
  @Benchmark
  public double[][] fft() {
    fft.transform(re, im, Lanes.COUNT);
    return re;
  }

  /** One batch. */
  @Benchmark
  public float[][] spectrum() {
    return spectrum.compute(samples, 0, HOP, Lanes.COUNT);
  }

  /** One batch. */
  @Benchmark
  public float[][] periodicity() {
    periodicity.compute(samples, 0, HOP, Lanes.COUNT);
    return periodicity.difference();
  }

  /** Ten seconds. */
  @Benchmark
  public FeatureMatrix logMel() {
    return logMel.extract(samples);
  }

  /** Ten seconds. */
  @Benchmark
  public FeatureMatrix mfcc() {
    return mfcc.extract(samples);
  }

  /** Ten seconds, with pYIN. */
  @Benchmark
  public FeatureMatrix prosody() {
    return prosody.extract(samples);
  }

  /** Ten seconds: what the bundled model takes. */
  @Benchmark
  public FeatureMatrix functionals() {
    return functionals.extract(samples);
  }
}
