package io.gemoclap.audio;

import io.gemoclap.audio.decode.DecodedPart;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Makes one record of the results of a recording's sections. */
final class JoinSectionsFn
    extends DoFn<KV<String, Iterable<KV<Recording, SectionResult>>>, DecodedRecording> {
  private final DecodeCounters counters = new DecodeCounters();

  @ProcessElement
  public void process(
      @Element KV<String, Iterable<KV<Recording, SectionResult>>> results,
      MultiOutputReceiver out) {
    Map<Integer, List<KV<Recording, SectionResult>>> bySection = new TreeMap<>();
    for (KV<Recording, SectionResult> result : results.getValue()) {
      bySection
          .computeIfAbsent(result.getValue().section(), section -> new ArrayList<>())
          .add(result);
    }
    // A recording may be in the input more than once.
    int copies = bySection.values().stream().mapToInt(List::size).min().orElse(0);
    for (int i = 0; i < copies; i++) {
      int copy = i;
      join(bySection.values().stream().map(section -> section.get(copy)).toList(), out);
    }
  }

  /** Joins the results of one recording, in the order of its sections. */
  private void join(List<KV<Recording, SectionResult>> results, MultiOutputReceiver out) {
    Recording recording = results.get(0).getKey();
    int segments = 0;
    List<DecodedPart> parts = new ArrayList<>();
    for (KV<Recording, SectionResult> each : results) {
      SectionResult result = each.getValue();
      DecodedPart part = result.part();
      if (part == null) {
        counters.failed();
        DecodeException e = new DecodeException(result.kind(), result.reason());
        out.get(DecodeWithStage.FAILURES).output(DecodeAudio.failure(recording, e));
        return;
      }
      segments += result.segments();
      parts.add(part);
    }
    DecodedPart whole = parts.stream().reduce(DecodedPart::then).orElseThrow();
    DecodeReport report = whole.report();
    counters.decoded(report);
    out.get(DecodeWithStage.RECORDINGS).output(DecodedRecording.of(recording, report, segments));
  }
}
