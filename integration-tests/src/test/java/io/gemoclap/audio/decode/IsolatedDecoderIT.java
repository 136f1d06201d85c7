package io.gemoclap.audio.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.pcm.ChannelMode;
import io.gemoclap.audio.pcm.Collected;
import io.gemoclap.audio.pcm.DecodeException;
import io.gemoclap.audio.pcm.DecoderLimits;
import io.gemoclap.audio.pcm.SampleSink;
import io.gemoclap.failure.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native decoders in a child process: the same samples, and a crash costs one file. */
final class IsolatedDecoderIT {
  private static final Path SAMPLES = Path.of("examples", "samples").toAbsolutePath();
  private static final Path LONG = SAMPLES.resolve("conversation.ogg");

  private AudioDecoder isolated =
      new AudioDecoder(
          DecoderLimits.defaults(), ChannelMode.MIX, 16_000, DecoderIsolation.isolated());

  @AfterEach
  void endTheChildren() {
    isolated.close();
  }

  /** Decodes a file, and lets something happen when its first samples arrive. */
  private static Collected decode(AudioDecoder decoder, Path file, Runnable atFirst)
      throws DecodeException, IOException {
    Collected collected = new Collected();
    boolean[] begun = {false};
    SampleSink sink =
        new SampleSink() {
          @Override
          public void begin(int streams) {
            collected.begin(streams);
          }

          @Override
          public void accept(int channel, float[] samples, int length) {
            if (!begun[0]) {
              begun[0] = true;
              atFirst.run();
            }
            collected.accept(channel, samples, length);
          }
        };
    try (FileChannel channel = FileChannel.open(file)) {
      collected.report = decoder.decode(channel, file.toString(), sink);
    }
    return collected;
  }

  private static List<ProcessHandle> children() {
    return ProcessHandle.current()
        .children()
        .filter(
            child -> child.info().commandLine().orElse("").contains(DecoderProcess.class.getName()))
        .toList();
  }

  private static void signal(String signal) {
    for (ProcessHandle child : children()) {
      try {
        Process kill = new ProcessBuilder("kill", "-" + signal, "" + child.pid()).start();
        assertTrue(kill.waitFor(10, TimeUnit.SECONDS));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void oneChildDecodesManyFilesToTheSameSamples() throws DecodeException, IOException {
    AudioDecoder inProcess = new AudioDecoder(DecoderLimits.defaults(), ChannelMode.MIX, 16_000);
    for (String name :
        List.of(
            "conversation.ogg",
            "german-male-44k.m4a",
            "english-male-22k.mp3",
            "english-male-16k.flac")) {
      Collected expected = decode(inProcess, SAMPLES.resolve(name), () -> {});
      Collected actual = decode(isolated, SAMPLES.resolve(name), () -> {});
      assertEquals(expected.report, actual.report);
      assertArrayEquals(expected.samples(), actual.samples(), name);
      assertEquals(1, children().size());
    }
  }

  @Test
  void aCrashCostsOneFileAndTheNextGetsANewChild() throws DecodeException, IOException {
    for (String signal : List.of("SEGV", "KILL")) {
      DecodeException thrown =
          assertThrows(
              DecodeException.class, () -> decode(isolated, LONG, () -> signal(signal)), signal);
      assertEquals(FailureKind.CRASH, thrown.kind(), thrown.getMessage());
      assertTrue(thrown.getMessage().contains("other files are not affected"));
      assertTrue(decode(isolated, LONG, () -> {}).samples().length > 0);
    }
  }

  @Test
  void aFileThatFailsLeavesTheChildInPlace(@TempDir Path folder)
      throws DecodeException, IOException {
    byte[] bytes = new byte[10_000];
    new Random(1).nextBytes(bytes);
    Path noise = Files.write(folder.resolve("noise.bin"), bytes);
    for (int i = 0; i < 2; i++) {
      DecodeException thrown =
          assertThrows(DecodeException.class, () -> decode(isolated, noise, () -> {}));
      assertEquals(FailureKind.UNSUPPORTED, thrown.kind());
    }
    assertEquals(1, children().size());
  }

  @Test
  void theSystemHoldsTheChildToItsMemory() throws DecodeException, IOException {
    long bytes = 1_500L << 20;
    isolated.close();
    isolated =
        new AudioDecoder(
            DecoderLimits.defaults(),
            ChannelMode.MIX,
            16_000,
            DecoderIsolation.isolated().withMaxMemory(bytes));
    List<String> limits = new ArrayList<>();
    decode(isolated, LONG, () -> children().forEach(child -> limits.add(limits(child))));
    assertEquals(1, limits.size());
    assertTrue(limits.get(0).matches("(?s).*Max address space +" + bytes + " .*"), limits.get(0));
  }

  private static String limits(ProcessHandle child) {
    try {
      return Files.readString(Path.of("/proc/" + child.pid() + "/limits"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aChildThatHangsIsStoppedWhenTheTimeIsUp() throws DecodeException, IOException {
    DecoderLimits brief = DecoderLimits.defaults().withMaxWallTime(Duration.ofSeconds(5));
    isolated.close();
    isolated = new AudioDecoder(brief, ChannelMode.MIX, 16_000, DecoderIsolation.isolated());
    DecodeException thrown =
        assertThrows(DecodeException.class, () -> decode(isolated, LONG, () -> signal("STOP")));
    assertEquals(FailureKind.TIMEOUT, thrown.kind(), thrown.getMessage());
  }

  @Test
  void aLimitOfTheWorkerEndsTheFileAndItsChild() throws DecodeException, IOException {
    DecoderLimits brief = DecoderLimits.defaults().withMaxSeconds(1);
    isolated.close();
    isolated = new AudioDecoder(brief, ChannelMode.MIX, 16_000, DecoderIsolation.isolated());
    DecodeException thrown =
        assertThrows(DecodeException.class, () -> decode(isolated, LONG, () -> {}));
    assertEquals(FailureKind.LIMIT, thrown.kind(), thrown.getMessage());
  }
}
