package io.gemoclap.cli.annotate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.cli.console.WrongUsageException;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What the options for input without end are turned into, and what is said of bad ones. */
final class StreamingOptionsTest {
  private static StreamingOptions parse(String... args) {
    return CommandLine.populateCommand(new StreamingOptions(), args);
  }

  private static void assertSays(String text, Executable executable) {
    String message = assertThrows(WrongUsageException.class, executable).getMessage();
    assertTrue(message.contains(text), message);
  }

  @Test
  void withoutOptionsTheDocumentedDefaultsHold() {
    StreamingOptions options = parse();
    assertEquals(Duration.standardMinutes(10), options.window());
    assertEquals(Duration.standardDays(1), options.allowedLateness());
    assertNull(options.shares());
  }

  @Test
  void minutesAndSecondsBecomeDurations() throws Exception {
    StreamingOptions options = parse("--window=0.5", "--allowed-lateness=2", "--watch=0.1");
    assertEquals(Duration.standardSeconds(30), options.window());
    assertEquals(Duration.standardMinutes(2), options.allowedLateness());
    assertEquals(Duration.millis(100), options.watchInterval());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "2.5, 2500", "60, 60000"})
  void recordsMayBeOutOfOrderForSoManySeconds(String seconds, long millis) throws Exception {
    StreamingOptions options =
        parse("--bootstrap-servers=localhost:9092", "--out-of-orderness=" + seconds);
    long shown =
        DisplayData.from(options.read("calls")).items().stream()
            .filter(item -> item.getKey().equals("outOfOrderness"))
            .map(item -> ((Number) item.getValue()).longValue())
            .findFirst()
            .orElseThrow();
    assertEquals(millis, shown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "NaN", "1e10"})
  void adverseTimesAreRejectedByTheirName(String value) {
    StreamingOptions options =
        parse(
            "--bootstrap-servers=localhost:9092",
            "--out-of-orderness=" + value,
            "--window=" + value);
    assertSays("--out-of-orderness amounts to", () -> options.read("calls"));
    assertSays("--window amounts to", options::window);
  }

  @Test
  void aWindowHasALength() {
    assertSays("must be 1.0 to", parse("--window=0")::window);
  }

  @Test
  void sharesSlideOverWindows() {
    StreamingOptions options = parse("--shares-by=caller", "--shares-window=30/0.5");
    DisplayData shown = DisplayData.from(options.shares());
    assertTrue(shown.toString().contains("caller"), shown::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "10/", "/1", "1/10", "10/1/1", "ten/one"})
  void aSharesWindowOfAnotherFormIsRejected(String window) {
    StreamingOptions options = parse("--shares-by=caller", "--shares-window=" + window);
    assertSays("--shares-window must be <length>/<every>", options::shares);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--live-labels=l.json", "--window=3", "--consumer-group=g"})
  void whatNeedsInputWithoutEndIsRejectedWithAnyOther(String option) {
    ParseResult given = new CommandLine(new StreamingOptions()).parseArgs(option);
    assertSays(
        "not for batch input: " + option.replaceFirst("=.*", ""),
        () -> StreamingOptions.requireUnused(given));
    StreamingOptions.requireUnused(new CommandLine(new StreamingOptions()).parseArgs());
  }

  @Test
  void aTopicNeedsBrokers() {
    assertSays("--bootstrap-servers", parse()::connection);
  }

  @Test
  void aRecordHoldsAudioOrAUri() {
    StreamingOptions options = parse("--bootstrap-servers=localhost:9092", "--kafka-value=words");
    assertSays("audio or uri, not 'words'", () -> options.read("calls"));
  }
}
