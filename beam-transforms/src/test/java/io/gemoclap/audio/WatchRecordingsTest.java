package io.gemoclap.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
final class WatchRecordingsTest {
  private static final Duration HOUR = Duration.standardHours(1);

  @TempDir private Path folder;

  /** A file that was last written so many minutes ago. */
  private String file(String name, int minutes) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "RIFF");
    long millis = System.currentTimeMillis() - Duration.standardMinutes(minutes).getMillis();
    Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
    return file.toString();
  }

  /** The ids of what some ticks emit. */
  private PCollection<String> ids(TestPipeline pipeline, Duration settling, Long... ticks) {
    return recordings(pipeline, settling, ticks)
        .apply(MapElements.into(TypeDescriptors.strings()).via(Recording::id));
  }

  private PCollection<Recording> recordings(
      TestPipeline pipeline, Duration settling, Long... ticks) {
    WatchRecordings watch = WatchRecordings.matching(folder.toString()).withSettling(settling);
    List<KV<String, Long>> looks =
        List.of(ticks).stream().map(tick -> KV.of(folder.toString(), tick)).toList();
    return pipeline
        .apply(Create.of(looks).withCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of())))
        .apply(watch.newFiles());
  }

  @Test
  void aFileIsEmittedOnceItHasSettled(TestPipeline pipeline) throws IOException {
    String settled = file("settled.wav", 90);
    file("growing.wav", 30);
    PAssert.that(ids(pipeline, HOUR, 0L)).containsInAnyOrder(settled);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void withoutSettlingEveryFileIsEmittedAtOnceAndOnlyOnce(TestPipeline pipeline)
      throws IOException {
    String one = file("one.wav", 90);
    String other = file("other.wav", 0);
    PAssert.that(ids(pipeline, Duration.ZERO, 0L, 1L, 2L)).containsInAnyOrder(one, other);
    pipeline.run().waitUntilFinish();
  }

  /** The folder's own name is a pattern to Beam. */
  @Test
  void unusualNamesAndLinksAreEmittedOnceAndADeadLinkAsAProblem(TestPipeline pipeline)
      throws IOException {
    folder = Files.createDirectory(folder.toRealPath().resolve("calls [2021] {a,b}"));
    Path outside = Files.createDirectory(folder.resolveSibling("outside"));
    Files.writeString(outside.resolve("o.wav"), "RIFF");
    String bracket = file("a [1]*.wav", 90);
    Path latin = Path.of(URI.create(folder.toUri() + "M%FCller.wav"));
    Files.writeString(latin, "RIFF");
    Files.createSymbolicLink(folder.resolve("again.wav"), folder.resolve("a [1]*.wav"));
    Files.createSymbolicLink(folder.resolve("loop"), folder);
    Path linked = Files.createSymbolicLink(folder.resolve("linked"), outside);
    Path dead = Files.createSymbolicLink(folder.resolve("dead.wav"), folder.resolve("gone.wav"));
    PCollection<Recording> found = recordings(pipeline, Duration.ZERO, 0L, 1L);
    PAssert.that(
            found.apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(each -> each.id() + (each.problem() == null ? "" : " cannot be read"))))
        .containsInAnyOrder(
            bracket, latin.toUri().toString(), linked + "/o.wav", dead + " cannot be read");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void theSettingsAreCheckedAndDisplayed() {
    WatchRecordings watch = WatchRecordings.matching("calls");
    assertThrows(IllegalArgumentException.class, () -> watch.withSettling(Duration.millis(-1)));
    assertThrows(IllegalArgumentException.class, () -> watch.withInterval(Duration.millis(99)));

    WatchRecordings set = watch.withSettling(HOUR).withInterval(Duration.millis(100));
    assertEquals(HOUR.getMillis(), displayed(set, "settling"));
    assertEquals(100L, displayed(set, "interval"));
    assertEquals(
        HOUR.getMillis(), displayed(watch.withInterval(HOUR).withSettling(HOUR), "interval"));
  }

  private static Object displayed(WatchRecordings watch, String name) {
    return DisplayData.from(watch).asMap().values().stream()
        .filter(item -> item.getKey().equals(name))
        .findFirst()
        .orElseThrow()
        .getValue();
  }
}
