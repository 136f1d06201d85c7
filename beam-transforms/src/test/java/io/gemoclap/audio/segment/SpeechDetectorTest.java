package io.gemoclap.audio.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stretches in frames of 10 ms. A background of -60 dB and speech of -30 dB give an onset of -48
 * dB.
 */
final class SpeechDetectorTest {
  private static final double FLOOR = -60;
  private static final double SPEECH = -30;

  private static double[] levels(double level, int frames) {
    double[] levels = new double[frames];
    Arrays.fill(levels, level);
    return levels;
  }

  /** Sets the levels from one frame to before another. */
  private static double[] with(double[] levels, int from, int to, double level) {
    Arrays.fill(levels, from, to, level);
    return levels;
  }

  private static List<String> found(VoiceActivity settings, double[] levels) {
    List<String> found = new ArrayList<>();
    SpeechDetector detector = new SpeechDetector(settings, 0.01);
    SpeechDetector.Found out =
        (from, to, joined, cut) ->
            found.add(from + "-" + to + (joined ? " joined" : "") + (cut ? " cut" : ""));
    for (double level : levels) {
      detector.accept(level, out);
    }
    detector.finish(out);
    return found;
  }

  private static List<String> found(double[] levels) {
    return found(VoiceActivity.defaults(), levels);
  }

  @Test
  void aStretchHoldsTheFramesThatRiseAboveTheBackground() {
    assertEquals(List.of("1000-1100"), found(with(levels(FLOOR, 3_000), 1_000, 1_100, SPEECH)));
    assertEquals(List.of("2950-3000"), found(with(levels(FLOOR, 3_000), 2_950, 3_000, SPEECH)));
  }

  @ParameterizedTest
  @CsvSource({"-48, 1500-1550", "-48.1, ''"})
  void aStretchBeginsAtTheOnset(double level, String second) {
    double[] levels = with(levels(FLOOR, 3_000), 1_000, 1_100, SPEECH);
    List<String> wanted = new ArrayList<>(List.of("1000-1100"));
    if (!second.isEmpty()) {
      wanted.add(second);
    }
    assertEquals(wanted, found(with(levels, 1_500, 1_550, level)));
  }

  /** The exit is 0.15 of 24 dB below the onset. */
  @ParameterizedTest
  @CsvSource({"-51.59, 1000-1150", "-51.7, 1000-1100"})
  void aStretchEndsBelowTheExit(double level, String stretch) {
    double[] levels = with(levels(FLOOR, 3_000), 1_000, 1_100, SPEECH);
    assertEquals(List.of(stretch), found(with(levels, 1_100, 1_150, level)));
  }

  @ParameterizedTest
  @CsvSource({"1129, 1000-1200", "1130, 1000-1100 1130-1200"})
  void aPauseOfThirtyFramesEndsAStretch(int again, String stretches) {
    double[] levels = with(levels(FLOOR, 3_000), 1_000, 1_100, SPEECH);
    assertEquals(List.of(stretches.split(" ")), found(with(levels, again, 1_200, SPEECH)));
  }

  @ParameterizedTest
  @CsvSource({"1025, 1000-1025", "1024, ''"})
  void aStretchOfFewerThan25FramesIsNoSpeech(int end, String stretch) {
    assertEquals(
        stretch.isEmpty() ? List.of() : List.of(stretch),
        found(with(levels(FLOOR, 3_000), 1_000, end, SPEECH)));
  }

  @ParameterizedTest
  @CsvSource({"-52, 1000-1100", "-52.5, ''"})
  void levelsWithinEightDecibelsAreSteady(double level, String stretch) {
    assertEquals(
        stretch.isEmpty() ? List.of() : List.of(stretch),
        found(with(levels(FLOOR, 3_000), 1_000, 1_100, level)));
  }

  /** The onset lies 35 dB below loud speech, where half of the way from the background is lower. */
  @ParameterizedTest
  @CsvSource({"-55, 1000-1100 1500-1600", "-55.1, 1000-1100"})
  void whatIsFarBelowLoudSpeechIsBreath(double level, String stretches) {
    double[] levels = with(levels(-85, 3_000), 1_000, 1_100, -20);
    assertEquals(List.of(stretches.split(" ")), found(with(levels, 1_500, 1_600, level)));
  }

  @ParameterizedTest
  @CsvSource({"-75, 1000-1100", "-76, ''"})
  void whatIsVeryQuietIsNoSpeech(double level, String stretch) {
    assertEquals(
        stretch.isEmpty() ? List.of() : List.of(stretch),
        found(with(levels(-85, 3_000), 1_000, 1_100, level)));
  }

  /** At most 15 s without 0.2 s of padding; the shortest part has 25 frames. */
  @ParameterizedTest
  @CsvSource({
    "2100, 1000-2100 cut/2100-3000 joined",
    "1740, 1000-1740 cut/1740-3000 joined",
    "1739, 1000-1740 cut/1740-3000 joined",
    "2455, 1000-2455 cut/2455-3000 joined",
    "2456, 1000-1740 cut/1740-3000 joined"
  })
  void longSpeechIsCutAtItsQuietestFrame(int dip, String stretches) {
    double[] levels = with(levels(FLOOR, 5_000), 1_000, 3_000, SPEECH);
    assertEquals(List.of(stretches.split("/")), found(with(levels, dip, dip + 1, SPEECH - 5)));
  }

  /** What follows the speech does not matter: a pause is not part of it. */
  @ParameterizedTest
  @CsvSource({"2449, 1000-2449", "2480, 1000-2480", "2481, 1000-1740 cut/1740-2481 joined"})
  void speechIsCutOnceItIsLongerThanASegmentMayBe(int end, String stretches) {
    assertEquals(
        List.of(stretches.split("/")), found(with(levels(FLOOR, 5_000), 1_000, end, SPEECH)));
  }

  @Test
  void theEndOfSpeechThatFitsIsNotCutOff() {
    double[] levels = with(levels(FLOOR, 5_000), 1_000, 2_454, SPEECH);
    assertEquals(List.of("1000-2455"), found(with(levels, 2_454, 2_455, -50)));
  }

  /** The pause has fewer than 30 frames, but both parts together would be too long. */
  @ParameterizedTest
  @CsvSource({"2454", "2479"})
  void speechThatResumesAfterALongStretchIsAnother(int pause) {
    double[] levels = with(levels(FLOOR, 5_000), 1_000, pause, SPEECH);
    assertEquals(List.of("1000-" + pause, "2481-2600"), found(with(levels, 2_481, 2_600, SPEECH)));
  }

  /** A steady background lies below the lower threshold, however low the upper one is. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.15, 0.2, 0.3, 0.5})
  void everyThresholdLetsAStretchEndInTheBackground(double threshold) {
    assertEquals(
        List.of("1000-1100"),
        found(
            VoiceActivity.defaults().withThreshold(threshold),
            with(levels(FLOOR, 3_000), 1_000, 1_100, SPEECH)));
  }

  @Test
  void aFrameIsDecidedTenSecondsAfterItWasSeen() {
    SpeechDetector detector = new SpeechDetector(VoiceActivity.defaults(), 0.01);
    for (int frame = 0; frame <= 1_500; frame++) {
      assertEquals(Math.max(0, frame - 1_000), detector.firstNeeded());
      detector.accept(frame == 200 ? SPEECH : FLOOR, (from, to, joined, cut) -> {});
    }
  }

  @Test
  void theFirstFrameOfAStretchIsNeededUntilItsEnd() {
    SpeechDetector detector = new SpeechDetector(VoiceActivity.defaults(), 0.01);
    double[] levels = with(levels(FLOOR, 3_000), 1_000, 1_100, SPEECH);
    for (int frame = 0; frame < 2_101; frame++) {
      detector.accept(levels[frame], (from, to, joined, cut) -> {});
    }
    assertEquals(1_000, detector.firstNeeded());
    for (int frame = 2_101; frame < 2_200; frame++) {
      detector.accept(levels[frame], (from, to, joined, cut) -> {});
    }
    assertEquals(1_200, detector.firstNeeded());
  }

  /**
   * 301 of 3,001 frames in sight of frame 2,000 have -60 dB, more than a tenth, so that -40 dB is
   * speech. Ten frames later the first of the 301 is out of sight.
   */
  @Test
  void aLevelCountsForTwentySeconds() {
    double[] levels = with(levels(-40, 4_000), 0, 1, FLOOR);
    assertEquals(List.of("312-1052 cut", "1052-2010 joined"), found(with(levels, 12, 312, FLOOR)));
  }

  /** 400 frames of -60 dB are more than a tenth until 100 of them are out of sight. */
  @Test
  void levelsThatAreOutOfSightNoLongerCount() {
    assertEquals(
        List.of("400-1140 cut", "1140-2100 joined"),
        found(with(levels(-40, 4_000), 0, 400, FLOOR)));
  }
}
