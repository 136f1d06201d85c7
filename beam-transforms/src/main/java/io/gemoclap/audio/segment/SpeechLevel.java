package io.gemoclap.audio.segment;

import io.gemoclap.audio.pcm.Sections;
import io.gemoclap.audio.signal.Biquad;
import org.jspecify.annotations.Nullable;

/**
 * The level between 80 and 4,000 Hz, in dB of full scale, of frames of 25 ms every 10 ms. A frame
 * begins 7.5 ms before the 10 ms that it describes.
 *
 * <p>The filters start anew in each of the {@link Sections}, so that its levels do not depend on
 * what lies before. They run for a second before their output counts.
 */
final class SpeechLevel {
  /** Takes the level of the next frame. */
  interface Levels {
    void accept(double decibels);
  }

  static final double SILENCE = -120;

  private static final int CELLS = 10;
  private static final int CELLS_PER_FRAME = 4;

  /** Cells after which a frame is complete: 10 ms and the next 7.5 ms. */
  private static final int FIRST_FRAME = CELLS_PER_FRAME + 3;

  /** Cells for which new filters run before they replace the old ones: one second. */
  private static final int WARM_UP = 400;

  private final int sampleRate;
  private final Sections sections;
  private final int cellSamples;
  private Band band;
  private @Nullable Band following;
  private int section;

  /** Cell with which the filters of the next section start. */
  private long start;

  /** Energies of the last cells of 2.5 ms. */
  private final double[] cells = new double[CELLS];

  private long cell;
  private int inCell;
  private double energy;

  /** Number of the next frame. */
  private long emitted;

  /** Samples before the first cell that are still to come. */
  private long skipped;

  /** The levels of a whole recording. */
  SpeechLevel(int sampleRate) {
    this(sampleRate, Sections.DEFAULT, 0);
  }

  /**
   * The levels from one section on: the first sample is the one of this section, and the first
   * frame {@link #firstFrame}.
   */
  SpeechLevel(int sampleRate, Sections sections, int section) {
    this.sampleRate = sampleRate;
    this.sections = sections;
    this.section = section;
    cellSamples = Math.max(1, (int) Math.round(sampleRate / 400.0));
    band = new Band(sampleRate);
    cell = startCell(section);
    skipped = cell * cellSamples - sections.start(section, sampleRate);
    start = startCell(section + 1);
    emitted = Math.max(0, Math.floorDiv(cell - FIRST_FRAME, CELLS_PER_FRAME) + 1);
  }

  /** Number of the frame whose level comes next. */
  long nextFrame() {
    return emitted;
  }

  /** First cell that begins in a section. */
  private long startCell(int index) {
    return -Math.floorDiv(-sections.start(index, sampleRate), (long) cellSamples);
  }

  /** First frame of a section whose level depends on this section's samples alone. */
  long firstFrame(int index) {
    // The frame begins three cells before its own four.
    return index == 0 ? 0 : (startCell(index) + WARM_UP + 3) / CELLS_PER_FRAME + 1;
  }

  /** Samples from one frame to the next. */
  int frameSamples() {
    return cellSamples * CELLS_PER_FRAME;
  }

  void accept(float[] samples, int length, Levels levels) {
    int first = (int) Math.min(length, skipped);
    skipped -= first;
    for (int i = first; i < length; i++) {
      double filtered = band.next(samples[i]);
      if (following != null) {
        following.next(samples[i]);
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
    changeBand();
    if (cell >= FIRST_FRAME && (cell - FIRST_FRAME) % CELLS_PER_FRAME == 0) {
      double sum = 0;
      for (double each : cells) {
        sum += each;
      }
      double power = sum / ((double) CELLS * cellSamples);
      emitted++;
      levels.accept(power <= 1e-12 ? SILENCE : 10 * Math.log10(power));
    }
  }

  private void changeBand() {
    band.settle();
    if (following != null) {
      following.settle();
    }
    if (cell == start) {
      following = new Band(sampleRate);
    } else if (following != null && cell == start + WARM_UP) {
      band = following;
      following = null;
      section++;
      start = startCell(section + 1);
    }
  }

  /** The filters. */
  private static final class Band {
    private final Biquad highPass;
    private final @Nullable Biquad lowPass;

    Band(int sampleRate) {
      highPass = Biquad.highPass(80.0 / sampleRate);
      lowPass = sampleRate > 8_800 ? Biquad.lowPass(4_000.0 / sampleRate) : null;
    }

    double next(double sample) {
      double filtered = highPass.next(sample);
      return lowPass == null ? filtered : lowPass.next(filtered);
    }

    void settle() {
      highPass.settle();
      if (lowPass != null) {
        lowPass.settle();
      }
    }
  }
}
