package io.gemoclap.export;

import com.google.common.hash.Hashing;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Which segments are taken where a corpus has a limit of hours, or equally much of each label. The
 * digest of a segment's key puts it into one of 4,096 buckets, and buckets are taken from the first
 * on. So the choice is random, but the same in every run, and needs no sorting. Immutable.
 *
 * @param buckets number of buckets that are taken, by label
 * @param balanced the same if classes are balanced but hours are not limited
 */
record HourLimits(Map<String, Integer> buckets, Map<String, Integer> balanced)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  static final int BUCKETS = 4_096;

  /** Why a segment is not taken; empty if it is. */
  Optional<DropReason> drops(ExportItem item) {
    int bucket = bucket(item);
    if (bucket >= balanced.getOrDefault(item.getLabel(), BUCKETS)) {
      return Optional.of(DropReason.CLASS_BALANCE);
    }
    return bucket >= buckets.getOrDefault(item.getLabel(), BUCKETS)
        ? Optional.of(DropReason.HOURS)
        : Optional.empty();
  }

  static int bucket(ExportItem item) {
    return Math.floorMod(
        Hashing.murmur3_32_fixed()
            .hashString(item.getSegment().getSegmentId(), StandardCharsets.UTF_8)
            .asInt(),
        BUCKETS);
  }

  /** Seconds of each label in each bucket. */
  static final class Seconds implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<String, double[]> ofLabels = new TreeMap<>();

    Seconds add(String label, int bucket, double seconds) {
      ofLabels.computeIfAbsent(label, name -> new double[BUCKETS])[bucket] += seconds;
      return this;
    }

    Seconds add(Seconds other) {
      other.ofLabels.forEach(
          (label, buckets) -> {
            for (int b = 0; b < BUCKETS; b++) {
              if (buckets[b] > 0) {
                add(label, b, buckets[b]);
              }
            }
          });
      return this;
    }

    /**
     * The limits.
     *
     * @param most seconds of the corpus
     * @param equal whether all labels have as much as the rarest one
     */
    HourLimits limits(double most, boolean equal) {
      Map<String, Integer> balanced = new TreeMap<>();
      if (equal) {
        double rarest =
            ofLabels.values().stream().mapToDouble(Seconds::sum).min().orElse(Double.MAX_VALUE);
        ofLabels.forEach(
            (label, buckets) ->
                balanced.put(label, Math.max(firstOf(buckets), taken(buckets, rarest))));
      }
      Map<String, Integer> limited = new TreeMap<>();
      if (equal) {
        ofLabels.forEach(
            (label, buckets) -> limited.put(label, taken(buckets, most / ofLabels.size())));
      } else {
        double[] all = new double[BUCKETS];
        ofLabels
            .values()
            .forEach(
                buckets -> {
                  for (int b = 0; b < BUCKETS; b++) {
                    all[b] += buckets[b];
                  }
                });
        int taken = taken(all, most);
        ofLabels.keySet().forEach(label -> limited.put(label, taken));
      }
      return new HourLimits(limited, balanced);
    }

    /**
     * How many buckets it takes to have a segment: no label vanishes because its segments are long.
     */
    private static int firstOf(double[] buckets) {
      int first = 0;
      while (first < BUCKETS && buckets[first] == 0) {
        first++;
      }
      return first + 1;
    }

    private static double sum(double[] buckets) {
      double sum = 0;
      for (double seconds : buckets) {
        sum += seconds;
      }
      return sum;
    }

    /** How many of the first buckets have at most some seconds together. */
    private static int taken(double[] buckets, double most) {
      double sum = 0;
      for (int b = 0; b < BUCKETS; b++) {
        sum += buckets[b];
        if (sum > most * (1 + 1e-9)) {
          return b;
        }
      }
      return BUCKETS;
    }
  }

  /** Adds up the seconds. */
  static final class SecondsFn extends Combine.CombineFn<ExportItem, Seconds, HourLimits> {
    private static final long serialVersionUID = 1L;

    private final double most;
    private final boolean equal;

    SecondsFn(double most, boolean equal) {
      this.most = most;
      this.equal = equal;
    }

    @Override
    public Seconds createAccumulator() {
      return new Seconds();
    }

    @Override
    public Seconds addInput(Seconds seconds, ExportItem item) {
      return seconds.add(item.getLabel(), bucket(item), item.seconds());
    }

    @Override
    public Seconds mergeAccumulators(Iterable<Seconds> parts) {
      Seconds merged = new Seconds();
      parts.forEach(merged::add);
      return merged;
    }

    @Override
    public HourLimits extractOutput(Seconds seconds) {
      return seconds.limits(most, equal);
    }

    @Override
    public Coder<Seconds> getAccumulatorCoder(CoderRegistry registry, Coder<ExportItem> input)
        throws CannotProvideCoderException {
      return SerializableCoder.of(Seconds.class);
    }

    @Override
    public Coder<HourLimits> getDefaultOutputCoder(CoderRegistry registry, Coder<ExportItem> input)
        throws CannotProvideCoderException {
      return SerializableCoder.of(HourLimits.class);
    }
  }

  /** Drops segments beyond the limits. */
  static final class LimitFn extends DoFn<ExportItem, ExportItem> {
    private static final long serialVersionUID = 1L;

    private final PCollectionView<HourLimits> limits;

    LimitFn(PCollectionView<HourLimits> limits) {
      this.limits = limits;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      ExportItem item = context.element();
      context
          .sideInput(limits)
          .drops(item)
          .ifPresentOrElse(
              reason -> {
                ExportCorpus.FINISHED.inc();
                context.output(ChooseFn.AMOUNTS, KV.of(reason.code(), item.seconds()));
              },
              () -> context.output(item));
    }
  }
}
