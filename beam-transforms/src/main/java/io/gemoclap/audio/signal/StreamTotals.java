package io.gemoclap.audio.signal;

import io.gemoclap.audio.pcm.DecodeNote;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * What happened to the streams of a recording, or of a section of it, without what only the source
 * of the samples knows.
 *
 * @param sourceRate in Hz; 0 without a stream
 * @param sourceChannels of all streams
 * @param audible whether an output channel has had a sample that is not silent; empty without a
 *     sample
 * @param endSeconds media time at which the last stream ends
 * @param nonFiniteSamples samples that were replaced by zero
 * @param cancelledSeconds in which channels were mixed with turned polarity, for each section
 * @param startSeconds media time of the latest first sample of a stream
 * @param gaps number of gaps in timestamps
 * @param gapSeconds seconds in all gaps
 * @param jumps of timestamps
 * @param formatChanges changes of the rate or the number of channels
 * @hidden
 */
@Internal
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StreamTotals(
    int sourceRate,
    int sourceChannels,
    boolean[] audible,
    double endSeconds,
    long nonFiniteSamples,
    List<Double> cancelledSeconds,
    double startSeconds,
    int gaps,
    double gapSeconds,
    int jumps,
    int formatChanges)
    implements Serializable {
  /** Number of output channels; 0 without a sample. */
  public int outputChannels() {
    return audible.length;
  }

  /** The totals of this section and the sections that follow it. */
  public StreamTotals then(StreamTotals later) {
    boolean[] both = audible.clone();
    for (int channel = 0; channel < both.length; channel++) {
      both[channel] |= later.audible[channel];
    }
    List<Double> cancelled = new ArrayList<>(cancelledSeconds);
    cancelled.addAll(later.cancelledSeconds);
    return new StreamTotals(
        sourceRate,
        sourceChannels,
        both,
        later.endSeconds,
        nonFiniteSamples + later.nonFiniteSamples,
        cancelled,
        startSeconds,
        gaps + later.gaps,
        gapSeconds + later.gapSeconds,
        jumps + later.jumps,
        formatChanges + later.formatChanges);
  }

  /** The totals with the polarity of the first section alone. */
  public StreamTotals ofFirstSection() {
    return new StreamTotals(
        sourceRate,
        sourceChannels,
        audible,
        endSeconds,
        nonFiniteSamples,
        cancelledSeconds.subList(0, 1).stream().toList(),
        startSeconds,
        gaps,
        gapSeconds,
        jumps,
        formatChanges);
  }

  /** What users should know: see {@link DecodeNote}. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    addSilence(notes);
    double cancelled = cancelledSeconds.stream().mapToDouble(Double::doubleValue).sum();
    if (cancelled > 0) {
      notes.add(DecodeNote.MIX_CANCELS.with("for %.2f s of %.2f s", cancelled, endSeconds));
    }
    if (startSeconds > 0) {
      notes.add(DecodeNote.LATE_START.with("%.2f s", startSeconds));
    }
    if (gaps > 0) {
      notes.add(DecodeNote.GAPS.with("%d, together %.2f s", gaps, gapSeconds));
    }
    if (jumps > 0) {
      notes.add(DecodeNote.TIME_JUMPS.with("%d", jumps));
    }
    if (formatChanges > 0) {
      notes.add(DecodeNote.FORMAT_CHANGES.with("%d", formatChanges));
    }
    if (nonFiniteSamples > 0) {
      notes.add(DecodeNote.NON_FINITE.with("%d samples", nonFiniteSamples));
    }
    return notes;
  }

  private void addSilence(List<String> notes) {
    List<Integer> silent = new ArrayList<>();
    for (int channel = 0; channel < audible.length; channel++) {
      if (!audible[channel]) {
        silent.add(channel);
      }
    }
    if (!silent.isEmpty() && silent.size() == audible.length) {
      notes.add(DecodeNote.SILENCE.code());
    } else if (!silent.isEmpty()) {
      String list = Arrays.toString(silent.toArray());
      notes.add(DecodeNote.SILENT_CHANNELS.with("%s", list.substring(1, list.length() - 1)));
    }
  }
}
