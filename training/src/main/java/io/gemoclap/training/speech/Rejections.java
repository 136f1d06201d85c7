package io.gemoclap.training.speech;

import io.gemoclap.audio.speech.SpeechNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How many clips of each source a network rejects at a threshold. */
public final class Rejections {
  /**
   * Counts of one source, or of all.
   *
   * @param source its name
   * @param clips number of clips
   * @param rejected number of clips below the threshold
   */
  public record Row(String source, int clips, int rejected) {
    /** The share that is rejected. */
    public double share() {
      return clips == 0 ? 0 : (double) rejected / clips;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%-40s %6d %8d %7.1f %%", source, clips, rejected, 100 * share());
    }
  }

  private Rejections() {}

  /**
   * Counts.
   *
   * @return a row for each source, in the order of their names, and one for all
   */
  public static List<Row> count(List<SpeechClip> clips, SpeechNetwork network, double threshold) {
    Map<String, Row> rows = new TreeMap<>();
    Row all = new Row("all", 0, 0);
    for (SpeechClip clip : clips) {
      int rejected = network.probability(clip.cues()) < threshold ? 1 : 0;
      Row one = new Row(clip.source(), 1, rejected);
      rows.merge(clip.source(), one, (a, b) -> sum(a.source(), a, b));
      all = sum(all.source(), all, one);
    }
    List<Row> counts = new ArrayList<>(rows.values());
    counts.add(all);
    return counts;
  }

  private static Row sum(String source, Row a, Row b) {
    return new Row(source, a.clips() + b.clips(), a.rejected() + b.rejected());
  }
}
