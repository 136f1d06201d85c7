package io.gemoclap.cli.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemoclap.audio.SegmentRef;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that a job writes and reads back are the same in any locale of the JVM. */
final class NamesInAnyLocaleTest {
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"en-US", "de-DE", "tr-TR", "fa-IR", "ar-EG", "th-TH-u-nu-thai", "hi-IN-u-nu-deva"})
  void aPartIsFoundAgain(String locale) {
    Locale.setDefault(Locale.forLanguageTag(locale));
    assertEquals("00042", PartFile.number(42));
    assertEquals("summary-00042.json", PartFile.summaryOf(42));
    assertEquals(42, PartFile.of(PartFile.summaryOf(42)).orElseThrow().part());
    assertEquals("a.wav#0:1500-2250", new SegmentRef("a.wav", 0, 1.5, 2.25, Map.of()).id(), locale);
    assertEquals("5 of 10", "%s of %s".formatted(5, 10));
  }
}
