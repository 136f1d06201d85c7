package io.gemoclap.audio.signal;

import io.gemoclap.audio.pcm.DecodeException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/**
 * The {@link SignalChain} of one section: passes on the output that lies in the section, and holds
 * back what comes before it may be passed on, or after the section. Not thread-safe.
 */
final class SectionChain {
  @SuppressWarnings("ArrayRecordComponent") // waits in a queue, never compared
  private record Block(int channel, float[] samples) {}

  private final SignalChain chain;
  private final SignalChain.Output output;
  private long from;

  /** Index of the next output in each channel. */
  private final long[] next;

  private final Queue<Block> held = new ArrayDeque<>();
  private long until;
  private double cancelledBefore;

  /**
   * A chain whose input begins before its section.
   *
   * @param width number of output channels
   * @param first index of the output of the first input
   * @param from index of the first output that lies in the section
   * @param until nothing is passed on from this index on
   */
  SectionChain(
      Preprocessing settings,
      int width,
      SignalChain.Output output,
      long first,
      long from,
      long until) {
    this.output = output;
    this.from = from;
    this.until = until;
    this.next = new long[width];
    Arrays.fill(next, first);
    this.chain = new SignalChain(settings, width, this::take);
  }

  SignalChain chain() {
    return chain;
  }

  private void take(int channel, float[] samples, int length) throws DecodeException {
    int skipped = (int) Math.max(0, Math.min(length, from - next[channel]));
    int passed = (int) Math.max(skipped, Math.min(length, until - next[channel]));
    next[channel] += length;
    if (passed == length && skipped == 0) {
      output.accept(channel, samples, length);
      return;
    }
    if (passed > skipped) {
      output.accept(channel, Arrays.copyOfRange(samples, skipped, passed), passed - skipped);
    }
    if (length > passed) {
      held.add(new Block(channel, Arrays.copyOfRange(samples, passed, length)));
    }
  }

  /** Passes on what is held back, and what follows. */
  void open() throws DecodeException {
    until = Long.MAX_VALUE;
    for (Block block = held.poll(); block != null; block = held.poll()) {
      output.accept(block.channel, block.samples, block.samples.length);
    }
  }

  /** Holds back the output from an index on, which must not have been reached. */
  void holdFrom(long index) {
    until = index;
  }

  /** Numbers the output from 0 again, and passes it on. */
  void restart() {
    from = 0;
    Arrays.fill(next, 0);
  }

  /** Counts seconds with turned polarity from here on. */
  void count() {
    cancelledBefore = chain.cancelledSeconds();
  }

  /** Seconds with turned polarity since {@link #count}. */
  double cancelledSeconds() {
    return chain.cancelledSeconds() - cancelledBefore;
  }
}
