package io.gemoclap.training.prepare;

import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.training.augment.Perturbation;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Features of all utterances of one shard that are in the same audio file, with their perturbed
 * copies, by decoding that file once. Holds the samples of those utterances that overlap in time,
 * and the features of all. Not thread-safe.
 */
final class SourceFeatures {
  private static final Duration LONGEST = Duration.ofDays(10);

  private final FeaturePlan plan;
  private final List<Pending> pending = new ArrayList<>();

  /** The stretches that are still open, by the rate at which they are cut. */
  private final Map<Integer, List<Open>> open = new TreeMap<>();

  /** Opens the audio of an utterance. */
  interface Opener {
    SeekableByteChannel open(Utterance utterance) throws IOException;
  }

  /** An utterance whose features are on the way. */
  private static final class Pending {
    final ShardPlan.Item item;
    final FeatureMatrix[] versions;
    double seconds;
    String unfit;

    Pending(ShardPlan.Item item, int versions) {
      this.item = item;
      this.versions = new FeatureMatrix[versions];
    }
  }

  /** One version of an utterance that is being cut out. */
  private record Open(Pending utterance, int version, Perturbation perturbation, Cut cut) {}

  /**
   * What came of an utterance.
   *
   * @param entry its features, or null
   * @param unfit why there are none, or null
   */
  record Result(ShardFile.Entry entry, String unfit) {}

  private SourceFeatures(List<ShardPlan.Item> items, FeaturePlan plan) {
    this.plan = plan;
    for (ShardPlan.Item item : items) {
      Utterance utterance = item.utterance();
      Span span = utterance.span().orElse(null);
      SplittableRandom random = new SplittableRandom(seed(item.id(), plan.seed()));
      Pending each = new Pending(item, 1 + plan.copies());
      pending.add(each);
      for (int version = 0; version <= plan.copies(); version++) {
        Perturbation perturbation =
            version == 0
                ? Perturbation.none(plan.spec())
                : Perturbation.draw(plan.spec(), utterance.gender(), random);
        int rate = perturbation.decodingRate(plan.spec());
        open.computeIfAbsent(rate, key -> new ArrayList<>())
            .add(new Open(each, version, perturbation, Cut.of(span, rate)));
      }
    }
  }

  /**
   * Decodes a file and computes everything.
   *
   * @param items utterances of one file, at least one
   * @param opener opens the file, once
   * @return what came of each, by its id
   * @throws DecodeException when the file cannot be decoded, which costs all of its utterances
   * @throws IOException when it cannot be opened
   */
  static Map<String, Result> of(List<ShardPlan.Item> items, FeaturePlan plan, Opener opener)
      throws DecodeException, IOException {
    SourceFeatures features = new SourceFeatures(items, plan);
    features.decode(items.get(0).utterance(), opener);
    Map<String, Result> results = new HashMap<>();
    for (Pending each : features.pending) {
      String id = each.item.id();
      results.put(
          id,
          each.unfit == null
              ? new Result(
                  new ShardFile.Entry(id, each.seconds, Arrays.asList(each.versions)), null)
              : new Result(null, each.unfit));
    }
    return results;
  }

  private void decode(Utterance source, Opener opener) throws DecodeException, IOException {
    Map<Integer, SampleSink> sinks = new TreeMap<>();
    open.keySet().forEach(rate -> sinks.put(rate, new Cutting(rate)));
    try (SeekableByteChannel channel = opener.open(source);
        AudioDecoder decoder =
            new AudioDecoder(limits(), ChannelMode.MIX, plan.spec().sampleRate())) {
      decoder.decode(channel, source.uri(), sinks);
    }
    for (Map.Entry<Integer, List<Open>> rest : open.entrySet()) {
      rest.getValue().forEach(each -> finish(each, rest.getKey()));
    }
  }

  /** Features are computed while a file is decoded, so their time is allowed for. */
  private DecoderLimits limits() {
    DecoderLimits limits = DecoderLimits.defaults();
    Duration time = limits.maxWallTime().multipliedBy((long) pending.size() * (1 + plan.copies()));
    return limits.withMaxWallTime(time.compareTo(LONGEST) > 0 ? LONGEST : time);
  }

  /** Cuts the stretches of one rate. */
  private final class Cutting implements SampleSink {
    private final int rate;
    private long position;

    Cutting(int rate) {
      this.rate = rate;
    }

    @Override
    public void begin(int channels) {}

    @Override
    public void accept(int channel, float[] block, int count) {
      List<Open> stretches = open.get(rate);
      for (Open each : stretches) {
        each.cut().accept(position, block, count);
      }
      position += count;
      for (Open each : List.copyOf(stretches)) {
        if (each.cut().isOver(position)) {
          stretches.remove(each);
          finish(each, rate);
        }
      }
    }
  }

  private void finish(Open each, int rate) {
    float[] samples = each.cut().take();
    Pending utterance = each.utterance();
    if (utterance.unfit != null) {
      return;
    }
    try {
      // Nothing to perturb where a span begins after the end: the extractor says so.
      Perturbation perturbation =
          samples.length == 0 ? Perturbation.none(plan.spec()) : each.perturbation();
      utterance.versions[each.version()] = perturbation.extract(samples, plan.spec());
      if (each.version() == 0) {
        utterance.seconds = (double) samples.length / rate;
      }
    } catch (IllegalArgumentException e) {
      utterance.unfit = e.getMessage();
    }
  }

  /** A seed of its own for each utterance, whatever its place in the corpus. */
  private static long seed(String id, long seed) {
    return com.google.common.hash.Hashing.murmur3_128((int) seed)
        .hashString(id, StandardCharsets.UTF_8)
        .asLong();
  }
}
