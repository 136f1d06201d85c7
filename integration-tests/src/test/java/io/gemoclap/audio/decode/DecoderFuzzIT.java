package io.gemoclap.audio.decode;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.gemoclap.Exhaustive;
import io.gemoclap.audio.EncodedBytes;
import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Collected;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecodeReport;
import io.gemoclap.audio.pcm.DecoderLimits;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Damaged files of every format: each decodes or fails with a {@link DecodeException}, in time and
 * in bounded memory.
 *
 * <p>The exhaustive test runs for {@code -Dgemoclap.fuzz.seconds} (default 30) and begins with the
 * mutant {@code -Dgemoclap.fuzz.first} (default 1000), so that several processes can share the
 * work. A failure names the file, the mutation, and the number of the mutant, which reproduces it.
 */
final class DecoderFuzzIT {
  private static final Duration LONG =
      Duration.ofSeconds(Long.getLong("gemoclap.fuzz.seconds", 30));
  private static final long FIRST = Long.getLong("gemoclap.fuzz.first", 1_000);

  /** Of processor time; the decoder stops after {@code withMaxWallTime}. */
  private static final double SLOWEST_SECONDS = 20;

  private static final long MEMORY_GROWTH_KB = 700_000;
  private static final int WARM_UP = 300;
  private static final List<Mutation> MUTATIONS = List.of(Mutation.values());

  /** Damaged headers promise rates and lengths that would otherwise be decoded for minutes. */
  private static final AudioDecoder DECODER =
      new AudioDecoder(
          DecoderLimits.defaults().withMaxSeconds(60).withMaxWallTime(Duration.ofSeconds(15)),
          ChannelMode.SPLIT,
          16_000);

  private final Map<String, Integer> outcomes = new TreeMap<>();
  private volatile String current = "none";

  @Test
  void aThousandDamagedFilesNeverDoMoreThanFail() throws IOException, URISyntaxException {
    neverHangs(() -> decodeMutants(0, 500, Duration.ZERO));
  }

  @Exhaustive
  @Test
  void damagedFilesNeverDoMoreThanFailForLonger() throws IOException, URISyntaxException {
    neverHangs(() -> decodeMutants(FIRST, WARM_UP + 1, LONG));
  }

  /**
   * Ends a build that a hanging decoder would block for ever. In a thread of its own, since native
   * code cannot be interrupted. This is no bound on the speed: the limit is many times what a run
   * takes.
   */
  private void neverHangs(Executable decoding) {
    assertTimeoutPreemptively(
        LONG.plusMinutes(60), decoding, () -> "the decoder hangs: " + current);
  }

  /** Decodes at least so many mutants, and for at least so long. */
  private void decodeMutants(long first, int least, Duration budget)
      throws IOException, URISyntaxException {
    List<Seed> seeds = seeds();
    assertTrue(seeds.size() > 105, "seeds: " + seeds.size());
    long start = System.nanoTime();
    long memoryAtStart = 0;
    double slowest = 0;
    int mutants = 0;
    while (System.nanoTime() - start < budget.toNanos() || mutants < least) {
      Random random = new Random(first + mutants);
      Seed seed = seeds.get(random.nextInt(seeds.size()));
      Mutation mutation = MUTATIONS.get(random.nextInt(MUTATIONS.size()));
      byte[] damaged = mutation.apply(seed.bytes, random);
      String what = mutation + ", mutant " + (first + mutants);
      current = seed.name + ", " + what;
      slowest = Math.max(slowest, decode(damaged, seed.name, what));
      mutants++;
      if (mutants == WARM_UP) {
        memoryAtStart = residentKilobytes();
      }
    }
    long growth = residentKilobytes() - memoryAtStart;
    System.out.printf(
        "%d mutants of %d files, slowest %.2f s, memory grew by %d kB, outcomes %s%n",
        mutants, seeds.size(), slowest, growth, outcomes);
    assertTrue(growth < MEMORY_GROWTH_KB, "memory grew by " + growth + " kB");
  }

  private double decode(byte[] damaged, String name, String what) throws IOException {
    long start = processorNanos();
    Collected samples = new Collected();
    try (EncodedBytes channel = EncodedBytes.of(damaged)) {
      DecodeReport report = DECODER.decode(channel, name, samples);
      assertTrue(report.decodedSeconds() > 0, () -> name + ", " + what);
      outcomes.merge(report.truncated() ? "truncated" : "decoded", 1, Integer::sum);
    } catch (DecodeException e) {
      assertTrue(e.getMessage().endsWith("."), e.getMessage());
      outcomes.merge(e.kind().name(), 1, Integer::sum);
    } catch (RuntimeException | Error e) {
      fail(name + ", " + what, e);
    }
    for (float sample : samples.samples()) {
      assertTrue(Float.isFinite(sample), () -> "not a number: " + name + ", " + what);
    }
    double seconds = (processorNanos() - start) / 1e9;
    assertTrue(seconds < SLOWEST_SECONDS, () -> seconds + " s: " + name + ", " + what);
    return seconds;
  }

  /** Of this thread, so that other processes do not count. */
  private static long processorNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static final class Seed {
    final String name;
    final byte[] bytes;

    Seed(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }
  }

  /**
   * The encodings, files with several streams, gaps and late starts, and formats that no free
   * encoder writes.
   */
  private static List<Seed> seeds() throws IOException, URISyntaxException {
    List<Seed> seeds = new ArrayList<>();
    for (String resources : List.of("/encodings", "/media")) {
      Path folder = Path.of(DecoderFuzzIT.class.getResource(resources).toURI());
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          String name = file.getFileName().toString();
          if (!name.contains("broken")) {
            seeds.add(new Seed(name, Files.readAllBytes(file)));
          }
        }
      }
    }
    for (int level = 1_000; level <= 5_000; level += 1_000) {
      seeds.add(new Seed("silence_" + level + ".ape", ApeFile.silence(level, 2)));
      seeds.add(new Seed("mono_" + level + ".ape", ApeFile.noise(level, 1, 0)));
      seeds.add(new Seed("stereo_" + level + ".ape", ApeFile.noise(level, 2, 3)));
    }
    seeds.add(new Seed("sine.dff", DsdiffFile.sine(441, 0.5, 0.05)));
    return seeds;
  }

  private static long residentKilobytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmRSS in /proc/self/status");
  }
}
