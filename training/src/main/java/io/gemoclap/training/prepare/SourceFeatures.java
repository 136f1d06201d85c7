package io.gemoclap.training.prepare;

import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.decode.GuardedDecode;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.features.GuardedExtraction;
import io.gemoclap.training.augment.Copy;
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
  private final Extraction extraction;
  private final List<Pending> pending = new ArrayList<>();

  /** The stretches that are still open, by the rate at which they are cut. */
  private final Map<Integer, List<Open>> open = new TreeMap<>();

  /** Opens the audio of an utterance. */
  interface Opener {
    SeekableByteChannel open(Utterance utterance) throws IOException;
  }

  /** Extracts the features of one version of an utterance, as {@link Copy#extract}. */
  interface Extraction {
    FeatureMatrix extract(Copy copy, float[] samples, FeatureSpec spec);
  }

  /** An utterance whose features are on the way. */
  private static final class Pending {
    final ShardPlan.Item item;
    final FeatureMatrix[] versions;
    double seconds;
    GuardedExtraction.FailedException failed;

    Pending(ShardPlan.Item item, int versions) {
      this.item = item;
      this.versions = new FeatureMatrix[versions];
    }

    ShardSources.Outcome outcome() {
      return failed == null
          ? new ShardSources.Outcome(
              new ShardFile.Entry(item.id(), seconds, Arrays.asList(versions)), null)
          : ShardSources.Outcome.failed(item, failed.kind(), failed.getMessage());
    }
  }

  /** One version of an utterance that is being cut out. */
  private record Open(Pending utterance, int version, Copy copy, Cut cut) {}

  private SourceFeatures(List<ShardPlan.Item> items, FeaturePlan plan, Extraction extraction) {
    this.plan = plan;
    this.extraction = extraction;
    for (ShardPlan.Item item : items) {
      Utterance utterance = item.utterance();
      Span span = utterance.span().orElse(null);
      SplittableRandom random = new SplittableRandom(seed(item.id(), plan.seed()));
      Pending each = new Pending(item, plan.versions());
      pending.add(each);
      List<Copy> copies = plan.versions(item.id(), utterance.gender(), random);
      for (int version = 0; version < copies.size(); version++) {
        int rate = copies.get(version).decodingRate(plan.spec());
        open.computeIfAbsent(rate, key -> new ArrayList<>())
            .add(new Open(each, version, copies.get(version), Cut.of(span, rate)));
      }
    }
  }

  /**
   * Decodes a file and computes everything.
   *
   * @param items utterances of one file, at least one
   * @param opener opens the file, once
   * @return what came of each, by its id
   * @throws DecodeException when the file cannot be opened or decoded, which costs all of its
   *     utterances
   * @throws io.gemoclap.failure.WorkerFaultException when the worker is at fault
   */
  static Map<String, ShardSources.Outcome> of(
      List<ShardPlan.Item> items, FeaturePlan plan, Opener opener, Extraction extraction)
      throws DecodeException {
    SourceFeatures features = new SourceFeatures(items, plan, extraction);
    features.decode(items.get(0).utterance(), opener);
    Map<String, ShardSources.Outcome> outcomes = new HashMap<>();
    features.pending.forEach(each -> outcomes.put(each.item.id(), each.outcome()));
    return outcomes;
  }

  private void decode(Utterance source, Opener opener) throws DecodeException {
    Map<Integer, SampleSink> sinks = new TreeMap<>();
    open.keySet().forEach(rate -> sinks.put(rate, new Cutting(rate)));
    try (AudioDecoder decoder = decoder(limits(), plan.spec().sampleRate())) {
      GuardedDecode.of(
          source.uri(),
          () -> opener.open(source),
          encoded -> decoder.decode(encoded, source.uri(), sinks));
    }
    for (Map.Entry<Integer, List<Open>> rest : open.entrySet()) {
      rest.getValue().forEach(each -> finish(each, rest.getKey()));
    }
  }

  /**
   * Checks that all files can be decoded on this machine.
   *
   * @throws io.gemoclap.failure.WorkerFaultException if not, with the remedy
   */
  static void requireNatives() {
    try (AudioDecoder decoder = decoder(DecoderLimits.defaults(), SampleSink.SPEECH_RATE)) {
      decoder.requireNatives();
    }
  }

  private static AudioDecoder decoder(DecoderLimits limits, int rate) {
    return new AudioDecoder(limits, ChannelMode.MIX, rate);
  }

  /** Features are computed while a file is decoded, so their time is allowed for. */
  private DecoderLimits limits() {
    DecoderLimits limits = DecoderLimits.defaults();
    Duration time = limits.maxWallTime().multipliedBy((long) pending.size() * plan.versions());
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
    if (utterance.failed != null) {
      return;
    }
    // Nothing to change where a span begins after the end: the extractor says so.
    Copy copy = samples.length == 0 ? Copy.clean(plan.spec()) : each.copy();
    try {
      utterance.versions[each.version()] =
          GuardedExtraction.of(() -> extraction.extract(copy, samples, plan.spec()));
    } catch (GuardedExtraction.FailedException e) {
      utterance.failed = e;
    }
    if (each.version() == 0) {
      utterance.seconds = (double) samples.length / rate;
    }
  }

  /** A seed of its own for each utterance, whatever its place in the corpus. */
  private static long seed(String id, long seed) {
    return com.google.common.hash.Hashing.murmur3_128((int) seed)
        .hashString(id, StandardCharsets.UTF_8)
        .asLong();
  }
}
