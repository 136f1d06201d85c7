package io.gemoclap.overview;

import io.gemoclap.html.SelfContainedPage;
import io.gemoclap.overview.ArchiveReport.Emotion;
import io.gemoclap.overview.ArchiveReport.FailureKinds;
import io.gemoclap.overview.ArchiveReport.Group;
import io.gemoclap.overview.ArchiveReport.Grouping;
import io.gemoclap.overview.ArchiveReport.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code report.html} of a folder of results. */
public final class OverviewPage {
  private static final String UNCERTAIN = "uncertain";
  private static final int SHOWN_EMOTIONS = 3;

  private OverviewPage() {}

  /** What the template is filled with; {@code *Script}, styles and data stand there as they are. */
  record Page(
      View view, String styles, String data, String chartScript, String script, String policy) {}

  /**
   * What the page shows.
   *
   * @param byProbability whether all segments have the probabilities of all labels
   * @param partial how many do not
   * @param segments how many there are
   */
  record View(
      ArchiveReport report,
      String models,
      String labelSets,
      List<Tile> tiles,
      List<EmotionView> emotions,
      boolean byProbability,
      String partial,
      String segments,
      boolean dated,
      boolean grouped,
      List<GroupingView> groups,
      List<ListenView> listen,
      boolean failed,
      List<FailureKinds> failures) {}

  record Tile(String name, String value, String note) {}

  record EmotionView(String name, String time, String share, String interval, String expected) {}

  record GroupingView(String column, String caption, List<GroupView> rows) {}

  record GroupView(
      String name,
      long segments,
      String time,
      String uncertain,
      String confidence,
      String emotions) {}

  record ListenView(String title, List<SegmentView> rows) {}

  record SegmentView(String id, String emotion, String confidence, String audio, String silent) {}

  /** The page; clips are cut of the recordings until they take too much. */
  public static String render(ArchiveReport report, SegmentClips clips) throws IOException {
    String charts = SelfContainedPage.charts();
    String script = SelfContainedPage.resource(OverviewPage.class, "overview.js");
    return SelfContainedPage.fill(
        OverviewPage.class,
        "overview.mustache",
        new Page(
            view(report, clips),
            SelfContainedPage.styles(),
            SelfContainedPage.json(report),
            charts,
            script,
            SelfContainedPage.policy(charts, script)));
  }

  private static View view(ArchiveReport report, SegmentClips clips) {
    return new View(
        report,
        report.modelIds().isEmpty() ? "–" : String.join(", ", report.modelIds()),
        report.labelSets().isEmpty() ? "–" : String.join(", ", report.labelSets()),
        tiles(report),
        report.emotions().stream().map(OverviewPage::emotion).toList(),
        report.speech().partialSegments() == 0,
        count(report.speech().partialSegments()),
        count(report.speech().segments()),
        !report.calendar().isEmpty(),
        !report.groups().isEmpty(),
        report.groups().stream().map(OverviewPage::grouping).toList(),
        List.of(
            listen("Least certain", report.leastCertain(), clips),
            listen("Most certain", report.mostCertain(), clips)),
        !report.failures().isEmpty(),
        report.failures());
  }

  private static List<Tile> tiles(ArchiveReport report) {
    ArchiveReport.Speech speech = report.speech();
    List<Tile> tiles = new ArrayList<>();
    tiles.add(
        new Tile(
            "Audio",
            time(report.audioSeconds()),
            "%s recordings; %s failed"
                .formatted(count(report.recordings()), count(report.failedRecordings()))));
    tiles.add(
        new Tile(
            "Speech",
            time(speech.seconds()),
            "%s segments; %s rejected as no speech"
                .formatted(count(speech.segments()), count(speech.notSpeech()))));
    tiles.add(
        new Tile(
            "Uncertain",
            speech.seconds() == 0 ? "–" : percent(speech.uncertainSeconds() / speech.seconds()),
            "of the time with speech, %s segments".formatted(count(speech.uncertainSegments()))));
    tiles.add(
        new Tile(
            "Mean confidence",
            speech.segments() == 0 ? "–" : percent(speech.meanConfidence()),
            "as the model claims"));
    return tiles;
  }

  private static EmotionView emotion(Emotion emotion) {
    return new EmotionView(
        name(emotion.label()),
        time(emotion.seconds()),
        percent(emotion.share()),
        emotion.low() == null
            ? "–"
            : "%s–%s".formatted(number(emotion.low()), number(emotion.high())),
        emotion.expected() == null ? "" : percent(emotion.expected()));
  }

  private static String name(String label) {
    return label.isEmpty() ? UNCERTAIN : label;
  }

  private static GroupingView grouping(Grouping grouping) {
    int shown = grouping.groups().size();
    return new GroupingView(
        grouping.column(),
        grouping.count() > shown
            ? "The %s with the most speech of %s.".formatted(shown, count(grouping.count()))
            : "%s in all.".formatted(count(grouping.count())),
        grouping.groups().stream().map(OverviewPage::group).toList());
  }

  private static GroupView group(Group group) {
    return new GroupView(
        group.name().isEmpty() ? "(none)" : group.name(),
        group.segments(),
        time(group.seconds()),
        percent(group.uncertainSeconds() / group.seconds()),
        percent(group.meanConfidence()),
        group.labels().entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
            .limit(SHOWN_EMOTIONS)
            .map(label -> label.getKey() + " " + percent(label.getValue() / group.seconds()))
            .collect(Collectors.joining(", ")));
  }

  private static ListenView listen(String title, List<Segment> segments, SegmentClips clips) {
    List<SegmentView> rows = new ArrayList<>();
    for (Segment segment : segments) {
      SegmentClips.Clip clip = clips.of(segment);
      rows.add(
          new SegmentView(
              segment.segmentId(),
              segment.abstained()
                  ? "%s (most probably %s)".formatted(UNCERTAIN, segment.emotion())
                  : segment.emotion(),
              percent(segment.confidence()),
              clip.uri(),
              clip.reason()));
    }
    return new ListenView(title, rows);
  }

  private static String time(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return seconds < 3600
        ? String.format(Locale.ROOT, "%.1f min", seconds / 60)
        : String.format(Locale.ROOT, "%,.1f h", seconds / 3600);
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String percent(double share) {
    return number(share) + " %";
  }

  private static String number(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }
}
