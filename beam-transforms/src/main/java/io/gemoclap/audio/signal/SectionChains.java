package io.gemoclap.audio.signal;

import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.Sections;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Processes a stream section by section, each with filters of its own, so that the output in a
 * section does not depend on what lies more than {@link Sections#WARM_UP} seconds before it. At the
 * start of a section both filters run, the old ones until they have given all output before it.
 *
 * <p>Sections are counted anew after each {@link #flush}. Not thread-safe.
 */
final class SectionChains {
  /** Seconds of input after which all output before it is there: longer than windows and taps. */
  private static final int TAIL = 1;

  private final Preprocessing settings;
  private final SignalChain.Output output;
  private final List<Double> cancelled = new ArrayList<>();
  private int width;
  private int rate;
  private int channels;

  /** Null before a part of the stream that begins late. */
  private @Nullable SectionChain current;

  private @Nullable SectionChain following;

  /** Number of the section that follows. */
  private int next;

  private long position;

  SectionChains(Preprocessing settings, SignalChain.Output output) {
    this.settings = settings;
    this.output = output;
  }

  /**
   * Fixes the number of output channels, before the first block.
   *
   * @param start where the input begins
   */
  void begin(int outputChannels, SectionStart start) throws DecodeException {
    width = outputChannels;
    position = start.sample();
    next = start.section();
    if (next == 0) {
      current = chain(0);
      current.open();
      next = 1;
    }
    if (rate > 0) {
      format(rate, channels);
    }
  }

  /** Prepares for blocks of another rate in Hz, after a flush, or of other channels. */
  void format(int newRate, int newChannels) throws DecodeException {
    rate = newRate;
    channels = newChannels;
    if (current != null) {
      current.chain().format(rate, channels);
    }
    if (following != null) {
      following.chain().format(rate, channels);
    }
  }

  void accept(float[][] planes, int length) throws DecodeException {
    int done = 0;
    while (done < length) {
      long change = following == null ? start() : end();
      int count = (int) Math.min(length - done, Math.max(0, change - position));
      if (count > 0) {
        float[][] part = count == length ? planes : part(planes, done, count);
        feed(current, part, count);
        feed(following, part, count);
        done += count;
        position += count;
      }
      if (position >= change) {
        change();
      }
    }
  }

  private static float[][] part(float[][] planes, int from, int count) {
    float[][] part = new float[planes.length][];
    for (int channel = 0; channel < planes.length; channel++) {
      part[channel] = Arrays.copyOfRange(planes[channel], from, from + count);
    }
    return part;
  }

  private static void feed(@Nullable SectionChain chain, float[][] planes, int length)
      throws DecodeException {
    if (chain != null) {
      chain.chain().accept(planes, length);
    }
  }

  /** Input with which the filters of the next section start. */
  private long start() {
    return settings.sections().start(next, rate) - (long) Sections.WARM_UP * rate;
  }

  /** Input after which they replace the old ones. */
  private long end() {
    return settings.sections().start(next, rate) + (long) TAIL * rate;
  }

  private void change() throws DecodeException {
    if (following == null) {
      if (current != null) {
        current.holdFrom(outputs(next));
      }
      following = chain(next);
      following.chain().format(rate, channels);
      return;
    }
    if (current != null) {
      current.chain().flush();
      cancelled.add(current.cancelledSeconds());
    }
    current = following;
    following = null;
    current.count();
    current.open();
    next++;
  }

  private long outputs(int section) {
    return settings.sections().start(section, settings.outputRate());
  }

  private SectionChain chain(int section) {
    long from = outputs(section);
    long first = section == 0 ? 0 : from - (long) Sections.WARM_UP * settings.outputRate();
    return new SectionChain(settings, width, output, first, from, from);
  }

  /** Ends a piece: pushes all output, and counts sections anew. The polarity of the mix stays. */
  void flush() throws DecodeException {
    following = null;
    if (current != null) {
      current.open();
      current.chain().flush();
      current.restart();
    }
    position = 0;
    next = 1;
  }

  /** Seconds in which channels were mixed with turned polarity, for each section that has ended. */
  List<Double> cancelledSeconds() {
    List<Double> all = new ArrayList<>(cancelled);
    if (current != null) {
      all.add(current.cancelledSeconds());
    }
    return all;
  }
}
