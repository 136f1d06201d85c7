package io.gemoclap.audio.segment;

import io.gemoclap.audio.signal.Biquad;
import org.jspecify.annotations.Nullable;

/**
 * The level between 80 and 4,000 Hz, in dB of full scale, of frames of 25 ms every 10 ms. A frame
 * begins 7.5 ms before the 10 ms that it describes.
 */
final class SpeechLevel {
  /** Takes the level of the next frame. */
  interface Levels {
    void accept(double decibels);
  }

  static final double SILENCE = -120;

  private static final int CELLS = 10;
  private static final int CELLS_PER_FRAME = 4;

  private final int cellSamples;
  private final Biquad highPass;
  private final @Nullable Biquad lowPass;

  /** Energies of the last cells of 2.5 ms. */
  private final double[] cells = new double[CELLS];

  private long cell;
  private int inCell;
  private double energy;
  private long emitted;

  SpeechLevel(int sampleRate) {
    cellSamples = Math.max(1, (int) Math.round(sampleRate / 400.0));
    highPass = Biquad.highPass(80.0 / sampleRate);
    lowPass = sampleRate > 8_800 ? Biquad.lowPass(4_000.0 / sampleRate) : null;
  }

  /** Samples from one frame to the next. */
  int frameSamples() {
    return cellSamples * CELLS_PER_FRAME;
  }

  void accept(float[] samples, int length, Levels levels) {
    for (int i = 0; i < length; i++) {
      double filtered = highPass.next(samples[i]);
      if (lowPass != null) {
        filtered = lowPass.next(filtered);
      }
      energy += filtered * filtered;
      inCell++;
      if (inCell == cellSamples) {
        endCell(levels);
      }
    }
  }

  /** Gives the last frames; a frame that is not full counts if half of its 10 ms are there. */
  void finish(Levels levels) {
    long frames = (cell + CELLS_PER_FRAME / 2) / CELLS_PER_FRAME;
    energy = 0;
    while (emitted < frames) {
      endCell(levels);
    }
  }

  private void endCell(Levels levels) {
    cells[(int) (cell % CELLS)] = energy;
    cell++;
    energy = 0;
    inCell = 0;
    highPass.settle();
    if (lowPass != null) {
      lowPass.settle();
    }
    // The first frame is complete after 10 ms and the next 7.5 ms.
    if (cell >= CELLS_PER_FRAME + 3 && (cell - CELLS_PER_FRAME - 3) % CELLS_PER_FRAME == 0) {
      double sum = 0;
      for (double each : cells) {
        sum += each;
      }
      double power = sum / ((double) CELLS * cellSamples);
      emitted++;
      levels.accept(power <= 1e-12 ? SILENCE : 10 * Math.log10(power));
    }
  }
}
