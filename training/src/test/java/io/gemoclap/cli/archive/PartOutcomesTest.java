package io.gemoclap.cli.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.cli.archive.MaxFailures.Counts;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.read.ResultFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts by their number, and what of them counts as failed and may be tried again. */
final class PartOutcomesTest {
  @TempDir private Path path;
  private ResultFolder folder;

  @BeforeEach
  void open() {
    folder = new ResultFolder(path.toString());
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(path.resolve(name), List.of(lines));
  }

  private void part(int part, long recordings, String... failures) throws IOException {
    String number = PartFile.number(part);
    String failed = "failures-" + number + "-00000-of-00001.jsonl";
    String listed = "recordings-" + number + "-00000-of-00001.jsonl";
    write(failed, failures);
    write(
        "summary-" + number + ".json",
        "{\"recordings\":%s,\"files\":[\"%s\",\"%s\"]}".formatted(recordings, failed, listed));
  }

  private void recordings(int part, String... rows) throws IOException {
    write("recordings-" + PartFile.number(part) + "-00000-of-00001.jsonl", rows);
  }

  private static String row(String recording, int segments) {
    return "{\"recording\":\"%s\",\"channel\":0,\"segments\":%s}".formatted(recording, segments);
  }

  private static String failure(String item, String recording, FailureKind kind) {
    return "{\"item\":\"%s\",\"recording\":\"%s\",\"kind\":\"%s\"}"
        .formatted(item, recording, kind);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 99_998, 99_999, 100_000, 1_234_567})
  void aPartCountsWhateverItsNumber(int part) throws IOException {
    part(part, 1);
    recordings(part, row("a", 1));
    FinishedParts parts = FinishedParts.read(folder);
    assertEquals(Set.of("a"), parts.done());
    assertEquals(part + 1, parts.next());
  }

  @Test
  void partsAreInTheOrderOfTheirNumbers() throws IOException {
    for (int part : new int[] {100_000, 99_999}) {
      part(part, 1);
      recordings(part, row("a" + part, 1));
    }
    assertEquals(
        List.of(99_999, 100_000), List.copyOf(FinishedParts.read(folder).summaries().keySet()));
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void aPartWithAFailedSegmentRunsAgainIfTheFailureMayBeTemporary(FailureKind kind)
      throws IOException {
    part(0, 2, failure("a#0:0-1", "a", kind), failure("c", "c", FailureKind.CORRUPT));
    recordings(0, row("a", 3), row("b", 2));
    part(1, 1);
    recordings(1, row("d", 1));
    FinishedParts parts = FinishedParts.read(folder);
    assertEquals(Set.of("a", "b", "c", "d"), parts.done());
    assertEquals(
        kind.mayBeTemporary() ? Set.of(0) : Set.of(), parts.unsettled().keySet(), kind.name());
    if (kind.mayBeTemporary()) {
      assertEquals(Set.of("a", "b", "c"), parts.unsettled().get(0));
      FinishedParts.reopen(folder, parts.unsettled().keySet());
      FinishedParts reopened = FinishedParts.read(folder);
      assertEquals(Set.of("d"), reopened.done());
      assertEquals(2, reopened.leftovers().size(), "the files of the part are no results any more");
    }
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void aRecordingWhoseSegmentsAllFailedHasFailedUnlessTheyAreUnfit(FailureKind kind)
      throws IOException {
    part(0, 2, failure("a#0:0-1", "a", kind), failure("c", "c", kind));
    recordings(0, row("a", 0), row("b", 0));
    assertEquals(new Counts(kind.mayBeTemporary() ? 2 : 1, 3), FinishedParts.read(folder).counts());
  }

  @Test
  void aRecordingWithSomeResultHasNotFailed() throws IOException {
    part(0, 1, failure("a#0:0-1", "a", FailureKind.MODEL));
    recordings(0, row("a", 0), row("a", 1));
    assertEquals(new Counts(0, 1), FinishedParts.read(folder).counts());
  }
}
