package io.gemoclap.features;

import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Standardises each segment with the statistics of its group so far, itself included. */
final class RunningFn extends DoFn<KV<String, SpeechFeatures>, SpeechFeatures> {
  private static final String SO_FAR = "soFar";

  @StateId(SO_FAR)
  private final StateSpec<ValueState<GroupStatistics>> spec =
      StateSpecs.value(GroupStatisticsCoder.of());

  private final FeatureNormalizer normalizer;

  RunningFn(FeatureNormalizer normalizer) {
    this.normalizer = normalizer;
  }

  @ProcessElement
  public void process(
      @Element KV<String, SpeechFeatures> element,
      @StateId(SO_FAR) ValueState<GroupStatistics> state,
      OutputReceiver<SpeechFeatures> out) {
    SpeechFeatures segment = element.getValue();
    GroupStatistics before = state.read();
    GroupStatistics own = GroupStatistics.of(segment.matrix());
    GroupStatistics soFar = before == null ? own : before.plus(own);
    state.write(soFar);
    out.output(NormalizeFeatures.normalized(segment, normalizer, soFar));
  }
}
