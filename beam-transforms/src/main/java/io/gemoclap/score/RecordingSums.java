package io.gemoclap.score;

import io.gemoclap.audio.DecodedRecording;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Duration-weighted sums over the segments of a recording, by channel; and what it turned out to
 * be.
 */
final class RecordingSums implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String recording;
  private final TreeMap<Integer, Channel> channels = new TreeMap<>();
  private boolean decoded;
  private double seconds;
  private boolean truncated;

  /** Channels that were decoded; 0 while that is not known. */
  private int outputChannels;

  private ArrayList<String> notes = new ArrayList<>();

  RecordingSums(String recording) {
    this.recording = recording;
  }

  /** The sums of one segment. */
  static RecordingSums of(EmotionScores score) {
    RecordingSums sums = new RecordingSums(score.getRecording());
    Channel channel = new Channel();
    channel.add(score);
    sums.channels.put(score.getChannel(), channel);
    return sums;
  }

  /** No segment, but that the recording was decoded to its end. */
  static RecordingSums decoded(DecodedRecording recording) {
    RecordingSums sums = new RecordingSums(recording.getRecording());
    sums.decoded = true;
    sums.seconds = recording.getSeconds();
    sums.truncated = recording.getTruncated();
    sums.outputChannels = recording.getOutputChannels();
    sums.notes = new ArrayList<>(recording.getNotes());
    return sums;
  }

  String recording() {
    return recording;
  }

  /** Adds the sums of other segments of the same recording. */
  void add(RecordingSums other) {
    other.channels.forEach(
        (number, channel) -> channels.computeIfAbsent(number, n -> new Channel()).add(channel));
    if (other.decoded) {
      decoded = true;
      seconds = other.seconds;
      truncated = other.truncated;
      outputChannels = other.outputChannels;
      notes = other.notes;
    }
  }

  /** One summary for each channel that was decoded or has a segment; at least one. */
  List<RecordingSummary> summaries() {
    TreeMap<Integer, Channel> all = new TreeMap<>(channels);
    int known = Math.max(outputChannels, all.isEmpty() ? 1 : 0);
    for (int number = 0; number < known; number++) {
      all.putIfAbsent(number, new Channel());
    }
    List<RecordingSummary> summaries = new ArrayList<>();
    all.forEach((number, channel) -> summaries.add(summary(number, channel)));
    return summaries;
  }

  /** A recording that failed half-way has scores but was never decoded to its end. */
  private RecordingSummary summary(int number, Channel channel) {
    return RecordingSummary.create(
        recording,
        number,
        channel.segments,
        channel.seconds,
        seconds,
        truncated || !decoded,
        top(channel.emotions),
        means(channel.emotions, channel.seconds),
        top(channel.genders),
        means(channel.genders, channel.seconds),
        notes);
  }

  private static List<LabelScore> means(Map<String, Double> sums, double seconds) {
    List<LabelScore> means = new ArrayList<>();
    sums.forEach((label, sum) -> means.add(LabelScore.of(label, sum / seconds)));
    return means;
  }

  private static String top(Map<String, Double> sums) {
    return sums.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  /** Sums of one channel. */
  private static final class Channel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, Double> emotions = new LinkedHashMap<>();
    private final LinkedHashMap<String, Double> genders = new LinkedHashMap<>();
    private double seconds;
    private int segments;

    void add(EmotionScores score) {
      double duration = score.getEndSeconds() - score.getStartSeconds();
      seconds += duration;
      segments++;
      score
          .getScores()
          .forEach(s -> emotions.merge(s.getLabel(), duration * s.getProbability(), Double::sum));
      score
          .getGenderScores()
          .forEach(s -> genders.merge(s.getLabel(), duration * s.getProbability(), Double::sum));
    }

    void add(Channel other) {
      seconds += other.seconds;
      segments += other.segments;
      other.emotions.forEach((label, sum) -> emotions.merge(label, sum, Double::sum));
      other.genders.forEach((label, sum) -> genders.merge(label, sum, Double::sum));
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordingSums that && summaries().equals(that.summaries());
  }

  @Override
  public int hashCode() {
    return recording.hashCode();
  }
}
