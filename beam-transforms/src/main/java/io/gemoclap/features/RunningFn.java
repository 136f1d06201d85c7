package io.gemoclap.features;

import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;

/**
 * Standardises each segment with the statistics of its group so far, itself included, and forgets a
 * group that has got no segment for a while.
 */
final class RunningFn extends DoFn<KV<String, SpeechFeatures>, SpeechFeatures> {
  private static final String SO_FAR = "soFar";
  private static final String IDLE = "idle";

  @StateId(SO_FAR)
  private final StateSpec<ValueState<GroupStatistics>> spec =
      StateSpecs.value(GroupStatisticsCoder.of());

  @TimerId(IDLE)
  private final TimerSpec idleSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  private final ArchiveSource archive;
  private final Duration idleTimeout;

  RunningFn(ArchiveSource archive, Duration idleTimeout) {
    this.archive = archive;
    this.idleTimeout = idleTimeout;
  }

  @ProcessElement
  public void process(
      ProcessContext context,
      @StateId(SO_FAR) ValueState<GroupStatistics> state,
      @TimerId(IDLE) Timer idle,
      OutputReceiver<SpeechFeatures> out) {
    SpeechFeatures segment = context.element().getValue();
    GroupStatistics before = state.read();
    GroupStatistics own = GroupStatistics.of(segment.matrix());
    GroupStatistics soFar = before == null ? own : before.plus(own);
    state.write(soFar);
    // Without an output it holds back no watermark.
    idle.offset(idleTimeout).withNoOutputTimestamp().setRelative();
    out.output(NormalizeFeatures.normalized(segment, archive.normalizer(context), soFar));
  }

  @OnTimer(IDLE)
  public void forget(@StateId(SO_FAR) ValueState<GroupStatistics> state) {
    state.clear();
  }
}
