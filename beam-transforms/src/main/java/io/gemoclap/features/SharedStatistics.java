package io.gemoclap.features;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Sums the statistics of segments up by stretch, those of stretches up by group, and gives each
 * stretch the sum of its whole group. Keys are a group and the name of one of its stretches.
 */
final class SharedStatistics
    extends PTransform<
        PCollection<KV<KV<String, String>, GroupStatistics>>,
        PCollection<KV<KV<String, String>, GroupStatistics>>> {
  private static final Coder<String> STRING = StringUtf8Coder.of();

  @Override
  public PCollection<KV<KV<String, String>, GroupStatistics>> expand(
      PCollection<KV<KV<String, String>, GroupStatistics>> segments) {
    return segments
        .apply("CombineStretch", Combine.perKey(new SumFn()))
        .apply("KeyByGroup", ParDo.of(new GroupFn()))
        .setCoder(KvCoder.of(STRING, KvCoder.of(STRING, GroupStatisticsCoder.of())))
        .apply("GroupStretches", GroupByKey.create())
        .apply("ShareSum", ParDo.of(new ShareFn()))
        .setCoder(segments.getCoder());
  }

  static final class SumFn extends Combine.BinaryCombineFn<GroupStatistics> {
    @Override
    public GroupStatistics apply(GroupStatistics left, GroupStatistics right) {
      return left.plus(right);
    }

    @Override
    public GroupStatistics identity() {
      return GroupStatistics.none();
    }
  }

  static final class GroupFn
      extends DoFn<
          KV<KV<String, String>, GroupStatistics>, KV<String, KV<String, GroupStatistics>>> {
    @ProcessElement
    public void process(
        @Element KV<KV<String, String>, GroupStatistics> stretch,
        OutputReceiver<KV<String, KV<String, GroupStatistics>>> out) {
      KV<String, String> key = stretch.getKey();
      out.output(KV.of(key.getKey(), KV.of(key.getValue(), stretch.getValue())));
    }
  }

  /** Reads its stretches only once, as Flink asks for, and keeps none but their names. */
  static final class ShareFn
      extends DoFn<
          KV<String, Iterable<KV<String, GroupStatistics>>>,
          KV<KV<String, String>, GroupStatistics>> {
    @ProcessElement
    public void process(
        @Element KV<String, Iterable<KV<String, GroupStatistics>>> group,
        OutputReceiver<KV<KV<String, String>, GroupStatistics>> out) {
      GroupStatistics sum = GroupStatistics.none();
      List<String> stretches = new ArrayList<>();
      for (KV<String, GroupStatistics> stretch : group.getValue()) {
        sum = sum.plus(stretch.getValue());
        stretches.add(stretch.getKey());
      }
      for (String stretch : stretches) {
        out.output(KV.of(KV.of(group.getKey(), stretch), sum));
      }
    }
  }
}
