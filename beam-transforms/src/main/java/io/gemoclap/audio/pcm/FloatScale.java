package io.gemoclap.audio.pcm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Brings float samples that hold integers, such as ±32768 instead of ±1, to a full scale of 1.
 *
 * <p>Samples wait until {@link #SAMPLES} of them that are not zero have come or the recording has
 * ended; then one factor is chosen for all. Samples above full scale alone are no sign of integers:
 * float recordings may be loud. Integers are taken for granted if all samples are whole numbers, or
 * if more than a tenth of them lie above {@link #LOUD}, which is 12 dB above full scale.
 *
 * @hidden
 */
@Internal
public final class FloatScale implements PcmSink {
  /** Samples, over all channels, on which the choice is based. */
  static final int SAMPLES = 1 << 20;

  private static final float LOUD = 4;

  /** Larger values come from damage. */
  private static final float LARGEST = 1e10f;

  private static final double MANY = 0.1;
  private static final double FEW = 0.001;
  private static final int[] BITS = {16, 24, 32};

  private final PcmSink sink;
  private final List<Block> waiting = new ArrayList<>();
  private int waitingSamples;

  /** Samples that are neither zero nor damaged, and those among them with a property. */
  private long counted;

  private long whole;
  private long aboveOne;
  private long loud;
  private final long[] beyond = new long[BITS.length];

  /** Zero until it is chosen. */
  private float factor;

  /** When the next block was recorded; NaN where the source does not say. */
  private double time = Double.NaN;

  /** A block that waits, with its media time or NaN. */
  @SuppressWarnings("ArrayRecordComponent") // waits in a queue, never compared
  private record Block(float[][] planes, double time) {}

  public FloatScale(PcmSink sink) {
    this.sink = sink;
  }

  @Override
  public void format(int rate, int channels) throws DecodeException {
    release();
    sink.format(rate, channels);
  }

  @Override
  public void at(double seconds) {
    time = seconds;
  }

  @Override
  public void restart() throws DecodeException {
    release();
    sink.restart();
  }

  @Override
  public void block(float[][] planes, int length) throws DecodeException {
    if (factor != 0) {
      push(planes, length, factor);
      return;
    }
    long before = counted;
    float[][] copy = new float[planes.length][];
    for (int channel = 0; channel < planes.length; channel++) {
      copy[channel] = Arrays.copyOf(planes[channel], length);
      count(copy[channel]);
    }
    if (counted == before && waiting.isEmpty()) {
      // Digital silence is the same on any scale.
      push(planes, length, 1);
      return;
    }
    waiting.add(new Block(copy, time));
    time = Double.NaN;
    waitingSamples += planes.length * length;
    if (waitingSamples >= SAMPLES) {
      choose();
    }
  }

  /** Passes on what still waits; says whether the scale was changed. */
  public Set<String> finish() throws DecodeException {
    release();
    return factor == 0 || factor == 1 ? Set.of() : Set.of(DecodeNote.RESCALED_FLOAT.code());
  }

  private void release() throws DecodeException {
    if (!waiting.isEmpty()) {
      choose();
    }
  }

  private void count(float[] samples) {
    for (float sample : samples) {
      float size = Math.abs(sample);
      // False for NaN, too.
      if (!(size > 0 && size < LARGEST)) {
        continue;
      }
      counted++;
      whole += sample == Math.rint(sample) ? 1 : 0;
      aboveOne += size > 1 ? 1 : 0;
      loud += size > LOUD ? 1 : 0;
      for (int i = 0; i < BITS.length; i++) {
        // Resampling can go beyond the largest integer, but not to twice its size.
        beyond[i] += size > Math.scalb(1f, BITS[i]) ? 1 : 0;
      }
    }
  }

  private void choose() throws DecodeException {
    boolean integers = whole == counted && aboveOne > MANY * counted;
    factor = integers || loud > MANY * counted ? integerScale() : 1;
    double next = time;
    for (Block block : waiting) {
      time = block.time;
      push(block.planes, block.planes[0].length, factor);
    }
    time = next;
    waiting.clear();
    waitingSamples = 0;
  }

  private float integerScale() {
    for (int i = 0; i < BITS.length; i++) {
      if (beyond[i] <= FEW * counted) {
        return Math.scalb(1f, 1 - BITS[i]);
      }
    }
    return 1;
  }

  private void push(float[][] planes, int length, float scale) throws DecodeException {
    if (scale != 1) {
      for (float[] plane : planes) {
        for (int i = 0; i < length; i++) {
          plane[i] *= scale;
        }
      }
    }
    if (!Double.isNaN(time)) {
      sink.at(time);
      time = Double.NaN;
    }
    sink.block(planes, length);
  }
}
