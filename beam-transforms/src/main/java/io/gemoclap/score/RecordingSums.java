package io.gemoclap.score;

import io.gemoclap.audio.DecodedRecording;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.DoubleCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Duration-weighted sums over the segments of a recording, by channel, label set and model; and its
 * decoding report. Probabilities of different label sets or models are never mixed.
 */
final class RecordingSums {
  private static final StringUtf8Coder STRING = StringUtf8Coder.of();
  private static final BooleanCoder FLAG = BooleanCoder.of();
  private static final DoubleCoder NUMBER = DoubleCoder.of();
  private static final VarIntCoder COUNT = VarIntCoder.of();
  private static final ListCoder<String> STRINGS = ListCoder.of(STRING);

  private final String recording;
  private final TreeMap<Group, Sums> groups = new TreeMap<>();
  private boolean decoded;
  private double seconds;
  private boolean truncated;

  /** Channels that were decoded; 0 while that is not known. */
  private int outputChannels;

  private List<String> notes = List.of();

  RecordingSums(String recording) {
    this.recording = recording;
  }

  /** The sums of one segment. */
  static RecordingSums of(EmotionScores score) {
    RecordingSums sums = new RecordingSums(score.getRecording());
    Sums own = new Sums();
    own.add(score);
    sums.groups.put(new Group(score.getChannel(), score.getLabelSet(), score.getModelId()), own);
    return sums;
  }

  /** No segment, but that the recording was decoded to its end. */
  static RecordingSums decoded(DecodedRecording recording) {
    RecordingSums sums = new RecordingSums(recording.getRecording());
    sums.decoded = true;
    sums.seconds = recording.getSeconds();
    sums.truncated = recording.getTruncated();
    sums.outputChannels = recording.getOutputChannels();
    sums.notes = recording.getNotes();
    return sums;
  }

  String recording() {
    return recording;
  }

  /** Adds the sums of other segments of the same recording. */
  void add(RecordingSums other) {
    other.groups.forEach((group, sums) -> groups.computeIfAbsent(group, g -> new Sums()).add(sums));
    if (other.decoded) {
      decoded = true;
      seconds = other.seconds;
      truncated = other.truncated;
      outputChannels = other.outputChannels;
      notes = other.notes;
    }
  }

  /**
   * One summary for each channel, label set and model, and one for each other channel that was
   * decoded; at least one.
   */
  List<RecordingSummary> summaries() {
    TreeMap<Group, Sums> all = new TreeMap<>(groups);
    int known = Math.max(outputChannels, all.isEmpty() ? 1 : 0);
    for (int number = 0; number < known; number++) {
      int channel = number;
      if (groups.keySet().stream().noneMatch(group -> group.channel == channel)) {
        all.put(new Group(number, "", ""), new Sums());
      }
    }
    List<RecordingSummary> summaries = new ArrayList<>();
    all.forEach((group, sums) -> summaries.add(summary(group, sums)));
    return summaries;
  }

  /** A recording that failed half-way has scores but was never decoded to its end. */
  private RecordingSummary summary(Group group, Sums sums) {
    return RecordingSummary.builder()
        .setRecording(recording)
        .setChannel(group.channel)
        .setSegments(sums.segments)
        .setSpeechSeconds(sums.seconds)
        .setRecordingSeconds(seconds)
        .setTruncated(truncated || !decoded)
        .setEmotion(top(sums.emotions))
        .setScores(means(sums.emotions, sums.seconds))
        .setGender(top(sums.genders))
        .setGenderScores(means(sums.genders, sums.seconds))
        .setLabelSet(group.labelSet)
        .setModelId(group.modelId)
        .setNotes(notes)
        .build();
  }

  /** Writes the sums, for {@link #read}. */
  void write(OutputStream out) throws IOException {
    STRING.encode(recording, out);
    FLAG.encode(decoded, out);
    NUMBER.encode(seconds, out);
    FLAG.encode(truncated, out);
    COUNT.encode(outputChannels, out);
    STRINGS.encode(notes, out);
    COUNT.encode(groups.size(), out);
    for (Map.Entry<Group, Sums> entry : groups.entrySet()) {
      Group group = entry.getKey();
      COUNT.encode(group.channel, out);
      STRING.encode(group.labelSet, out);
      STRING.encode(group.modelId, out);
      Sums sums = entry.getValue();
      NUMBER.encode(sums.seconds, out);
      COUNT.encode(sums.segments, out);
      write(sums.emotions, out);
      write(sums.genders, out);
    }
  }

  /** Reads what {@link #write} has written. */
  static RecordingSums read(InputStream in) throws IOException {
    RecordingSums read = new RecordingSums(STRING.decode(in));
    read.decoded = FLAG.decode(in);
    read.seconds = NUMBER.decode(in);
    read.truncated = FLAG.decode(in);
    read.outputChannels = COUNT.decode(in);
    read.notes = STRINGS.decode(in);
    for (int left = COUNT.decode(in); left > 0; left--) {
      Group group = new Group(COUNT.decode(in), STRING.decode(in), STRING.decode(in));
      Sums sums = new Sums();
      sums.seconds = NUMBER.decode(in);
      sums.segments = COUNT.decode(in);
      read(in, sums.emotions);
      read(in, sums.genders);
      read.groups.put(group, sums);
    }
    return read;
  }

  private static void write(Map<String, Double> sums, OutputStream out) throws IOException {
    COUNT.encode(sums.size(), out);
    for (Map.Entry<String, Double> sum : sums.entrySet()) {
      STRING.encode(sum.getKey(), out);
      NUMBER.encode(sum.getValue(), out);
    }
  }

  private static void read(InputStream in, Map<String, Double> sums) throws IOException {
    for (int left = COUNT.decode(in); left > 0; left--) {
      sums.put(STRING.decode(in), NUMBER.decode(in));
    }
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

  /** Segments that one summary is of: only their probabilities mean the same. */
  private record Group(int channel, String labelSet, String modelId) implements Comparable<Group> {
    private static final Comparator<Group> ORDER =
        Comparator.comparingInt(Group::channel)
            .thenComparing(Group::labelSet)
            .thenComparing(Group::modelId);

    @Override
    public int compareTo(Group other) {
      return ORDER.compare(this, other);
    }
  }

  /** Sums of one group. */
  private static final class Sums {
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

    void add(Sums other) {
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
