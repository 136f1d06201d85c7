package io.gemoclap.training.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.hash.Hashing;
import io.gemoclap.audio.container.ReadOnlyChannel;
import io.gemoclap.audio.decode.AudioDecoder;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.failure.WorkerFaultException;
import io.gemoclap.features.FeaturePart.Preset;
import io.gemoclap.features.FeatureSpec;
import io.gemoclap.training.augment.Copy;
import io.gemoclap.training.augment.Perturbation;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One decoding of a file gives what a decoding for each span and each copy gives. */
final class SourceFeaturesTest {
  private static final int COPIES = 3;
  private static final FeaturePlan PLAN =
      new FeaturePlan(FeatureSpec.logMel(Preset.LIBROSA), COPIES, 7);

  @TempDir private Path folder;
  private int opened;

  private ShardPlan shard(List<Utterance> utterances) {
    return ShardPlan.of(utterances, PLAN).get(0);
  }

  private ShardSources sources(ShardPlan shard) {
    return new ShardSources(
        shard,
        utterance -> {
          opened++;
          return utterance.open();
        },
        Copy::extract);
  }

  private List<Utterance> spansOf(Path file) {
    List<Utterance> utterances = new ArrayList<>();
    double[][] spans = {{0, 0.5}, {0.4, 1.1}, {1.5, 1.9}, {0.05, 1.95}};
    for (double[] span : spans) {
      utterances.add(
          Utterance.of(file.getFileName() + "#" + span[0], file.toString())
              .gender(Gender.FEMALE)
              .span(new Span(span[0], span[1]))
              .build());
    }
    utterances.add(Utterance.of(file.getFileName() + "#all", file.toString()).build());
    return utterances;
  }

  @Test
  void eachFileOfAShardIsDecodedOnce() throws Exception {
    List<Utterance> utterances = spansOf(Tones.write(folder.resolve("a.wav"), 44_100, 2));
    utterances.addAll(spansOf(Tones.write(folder.resolve("b.wav"), 16_000, 2)));
    ShardPlan shard = shard(utterances);
    ShardSources sources = sources(shard);
    for (ShardPlan.Item item : shard.items()) {
      ShardSources.Outcome outcome = sources.next(item);
      assertNotNull(outcome.entry(), String.valueOf(outcome.failed()));
    }
    assertEquals(2, opened);
  }

  @Test
  void theFeaturesAreThoseOfADecodingForEachSpanAndCopy() throws Exception {
    ShardPlan shard = shard(spansOf(Tones.write(folder.resolve("a.wav"), 44_100, 2)));
    ShardSources sources = sources(shard);
    for (ShardPlan.Item item : shard.items()) {
      ShardFile.Entry entry = sources.next(item).entry();
      assertEquals(1 + COPIES, entry.versions().size());
      SplittableRandom random =
          new SplittableRandom(
              Hashing.murmur3_128(7).hashString(item.id(), StandardCharsets.UTF_8).asLong());
      for (int version = 0; version <= COPIES; version++) {
        Perturbation perturbation =
            version == 0
                ? Perturbation.none(PLAN.spec())
                : Perturbation.draw(PLAN.spec(), item.gender(), random);
        float[] samples = alone(item.utterance(), perturbation.decodingRate(PLAN.spec()));
        assertArrayEquals(
            perturbation.extract(samples, PLAN.spec()).values(),
            entry.versions().get(version).values(),
            item.id() + " version " + version);
      }
    }
  }

  /** Decodes a file for one version of one utterance alone. */
  private static float[] alone(Utterance utterance, int rate) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SampleSink sink =
        new SampleSink() {
          @Override
          public void begin(int channels) {}

          @Override
          public void accept(int channel, float[] block, int count) {
            try {
              DataOutputStream out = new DataOutputStream(bytes);
              for (int i = 0; i < count; i++) {
                out.writeFloat(block[i]);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    try (var channel = utterance.open()) {
      new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, rate).decode(channel, "", sink);
    }
    float[] all = new float[bytes.size() / 4];
    ByteBuffer.wrap(bytes.toByteArray()).asFloatBuffer().get(all);
    if (utterance.span().isEmpty()) {
      return all;
    }
    Span span = utterance.span().get();
    int from = (int) Math.min(all.length, Math.round(span.startSeconds() * rate));
    int to = (int) Math.min(all.length, Math.round(span.endSeconds() * rate));
    return java.util.Arrays.copyOfRange(all, from, to);
  }

  private static List<String> kinds(ShardPlan shard, ShardSources sources) {
    List<String> kinds = new ArrayList<>();
    for (ShardPlan.Item item : shard.items()) {
      ShardSources.Outcome outcome = sources.next(item);
      kinds.add(item.id() + " " + (outcome.failed() == null ? "" : outcome.failed().kind()));
    }
    return kinds;
  }

  /** As a decoder with a defect: its own channels throw nothing unchecked. */
  private static final class Defect extends ReadOnlyChannel {
    @Override
    public int read(ByteBuffer into) {
      throw new ArrayIndexOutOfBoundsException(7);
    }

    @Override
    public long position() {
      return 0;
    }

    @Override
    public SeekableByteChannel position(long position) {
      return this;
    }

    @Override
    public long size() {
      return 1_000;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  void aDefectOfTheDecoderCostsTheUtterancesOfTheFileAlone() throws Exception {
    String good = Tones.write(folder.resolve("good.wav"), 16_000, 1).toString();
    ShardPlan shard =
        shard(
            List.of(
                Utterance.of("a", good).build(),
                Utterance.of("b", "defect").span(new Span(0, 1)).build(),
                Utterance.of("c", "defect").span(new Span(1, 2)).build()));
    ShardSources sources =
        new ShardSources(
            shard,
            utterance -> utterance.uri().equals("defect") ? new Defect() : utterance.open(),
            Copy::extract);
    assertEquals(List.of("a ", "b INTERNAL", "c INTERNAL"), kinds(shard, sources));
  }

  @Test
  void aDefectOfTheExtractorCostsItsUtteranceAlone() throws Exception {
    String file = Tones.write(folder.resolve("a.wav"), 16_000, 2).toString();
    ShardPlan shard =
        shard(
            List.of(
                Utterance.of("a", file).span(new Span(0, 0.5)).build(),
                Utterance.of("b", file).span(new Span(0, 1)).build(),
                Utterance.of("c", file).span(new Span(1, 1.5)).build()));
    ShardSources sources =
        new ShardSources(
            shard,
            Utterance::open,
            (copy, samples, spec) -> {
              if (samples.length > 12_000) {
                throw new ArithmeticException("/ by zero");
              }
              return copy.extract(samples, spec);
            });
    assertEquals(List.of("a ", "b INTERNAL", "c "), kinds(shard, sources));
  }

  @Test
  void aFaultOfTheWorkerInTheExtractorIsThrown() throws Exception {
    String file = Tones.write(folder.resolve("a.wav"), 16_000, 1).toString();
    ShardPlan shard = shard(List.of(Utterance.of("a", file).build()));
    ShardSources sources =
        new ShardSources(
            shard,
            Utterance::open,
            (copy, samples, spec) -> {
              throw new NoClassDefFoundError("org/example/Filter");
            });
    ShardPlan.Item item = shard.items().get(0);
    WorkerFaultException e = assertThrows(WorkerFaultException.class, () -> sources.next(item));
    assertTrue(e.getMessage().contains("check the class path"), e.getMessage());
  }

  @Test
  void aSpanBehindTheEndCostsItsUtteranceAlone() throws Exception {
    Path file = Tones.write(folder.resolve("a.wav"), 16_000, 1);
    Utterance good = Utterance.of("good", file.toString()).span(new Span(0, 0.5)).build();
    Utterance late = Utterance.of("late", file.toString()).span(new Span(5, 6)).build();
    ShardPlan shard = shard(List.of(good, late));
    ShardSources sources = sources(shard);
    assertNotNull(sources.next(shard.items().get(0)).entry());
    assertNotNull(sources.next(shard.items().get(1)).failed());
    assertEquals(1, opened);
  }
}
