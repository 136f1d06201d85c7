package io.gemoclap.audio.decode;

import io.gemoclap.audio.container.Completeness;
import io.gemoclap.audio.pcm.DecodeNote;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.pcm.PcmSource;
import io.gemoclap.audio.signal.StreamTotals;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.annotations.Internal;

/**
 * What is known of a recording, or a section of it, after decoding.
 *
 * @param summary what the source says
 * @param totals what happened to the samples
 * @param cutOff whether the file ends before its container says
 * @hidden
 */
@Internal
public record DecodedPart(PcmSource.Summary summary, StreamTotals totals, boolean cutOff)
    implements Serializable {

  /**
   * A section whose file ended when the section was complete, so that its end says nothing of the
   * recording.
   */
  static DecodedPart brokenOff(PcmSource.Summary summary, StreamTotals totals) {
    PcmSource.Summary section =
        new PcmSource.Summary(
            summary.container(),
            summary.codec(),
            summary.declaredSeconds(),
            0,
            false,
            summary.notes());
    return new DecodedPart(section, totals, false);
  }

  /** The part without what the sections after the first one will tell again. */
  DecodedPart withoutNextSections() {
    return new DecodedPart(summary, totals.ofFirstSection(), cutOff);
  }

  /** This section and the one that follows it. */
  public DecodedPart then(DecodedPart later) {
    PcmSource.Summary both =
        new PcmSource.Summary(
                summary.container(),
                summary.codec(),
                summary.declaredSeconds(),
                summary.badPackets() + later.summary.badPackets(),
                later.summary.endsEarly(),
                summary.notes())
            .noting(later.summary.notes());
    return new DecodedPart(both, totals.then(later.totals), cutOff);
  }

  /** The report of the whole recording. */
  public DecodeReport report() {
    double missing = summary.declaredSeconds() - totals.endSeconds();
    boolean truncated = cutOff || Completeness.endsEarly(summary, totals.endSeconds());
    List<String> notes = new ArrayList<>();
    if (truncated) {
      notes.add(
          missing >= 0.005
              ? DecodeNote.TRUNCATED.with("%.2f s are missing", missing)
              : DecodeNote.TRUNCATED.code());
    }
    if (summary.badPackets() > 0) {
      notes.add(DecodeNote.BAD_PACKETS.with("%d", summary.badPackets()));
    }
    notes.addAll(summary.notes());
    notes.addAll(totals.notes());
    return new DecodeReport(
        summary.container(),
        summary.codec(),
        totals.sourceRate(),
        totals.sourceChannels(),
        summary.declaredSeconds(),
        totals.endSeconds(),
        summary.badPackets(),
        totals.nonFiniteSamples(),
        truncated,
        totals.outputChannels(),
        notes);
  }
}
