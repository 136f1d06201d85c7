package io.gemoclap.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a finished corpus has come to: the content of {@code export.json}. Immutable.
 *
 * @param format of the corpus
 * @param audio where its audio is
 * @param given what the results had
 * @param taken what the corpus has
 * @param dropped by reason, with the most frequent first
 * @param splits what each split has
 * @param labels what each label has, most frequent first
 * @param labelSources who gave the labels
 * @param languages what each language has, where metadata name them
 * @param segmentsWithSpeaker segments whose speaker is known
 * @param segmentsWithSpeakerOfArchive segments whose speaker has one name in all recordings
 * @param modelIds models that scored the segments
 * @param labelSets labels and templates that they were scored with
 * @param sampleRate of the clips in Hz; 0 without clips
 */
record ExportReport(
    String format,
    String audio,
    Amount given,
    Amount taken,
    Map<String, Amount> dropped,
    Map<String, Amount> splits,
    Map<String, Amount> labels,
    @JsonProperty("label_sources") Map<String, Amount> labelSources,
    Map<String, Amount> languages,
    @JsonProperty("segments_with_speaker") long segmentsWithSpeaker,
    @JsonProperty("segments_with_speaker_of_archive") long segmentsWithSpeakerOfArchive,
    @JsonProperty("model_ids") Set<String> modelIds,
    @JsonProperty("label_sets") Set<String> labelSets,
    @JsonProperty("sample_rate") int sampleRate) {
  static final String FILE = "export.json";

  /**
   * Adds up shards and what was dropped before them.
   *
   * @throws IllegalStateException if segments are neither in the corpus nor dropped for a reason
   */
  static ExportReport of(
      ExportSettings settings, List<ShardResult> shards, Map<String, Amount> amounts) {
    ExportTotals totals = new ExportTotals();
    shards.forEach(shard -> totals.add(shard.totals()));
    Arrays.stream(DropReason.values())
        .filter(reason -> amounts.containsKey(reason.code()))
        .forEach(reason -> totals.drop(reason, amounts.getOrDefault(reason.code(), Amount.NONE)));
    Amount given = amounts.getOrDefault(ChooseFn.GIVEN, Amount.NONE);
    long ends = totals.taken.segments() + totals.allDropped().segments();
    if (ends != given.segments()) {
      throw new IllegalStateException(
          "The export was given %s segments, but wrote %s and dropped %s"
              .formatted(
                  given.segments(), totals.taken.segments(), totals.allDropped().segments()));
    }
    return new ExportReport(
        settings.format().toString(),
        settings.audio().toString(),
        given,
        totals.taken,
        mostFirst(totals.dropped),
        totals.bySplit,
        mostFirst(totals.byLabel),
        totals.bySource,
        mostFirst(totals.byLanguage),
        totals.withSpeaker,
        totals.withSpeakerOfArchive,
        totals.models,
        totals.labelSets,
        settings.audio() == AudioCopies.EMBED ? settings.clips().sampleRate() : 0);
  }

  private static Map<String, Amount> mostFirst(Map<String, Amount> amounts) {
    Map<String, Amount> sorted = new LinkedHashMap<>();
    Function<Map.Entry<String, Amount>, Long> segments = entry -> -entry.getValue().segments();
    amounts.entrySet().stream()
        .sorted(Comparator.comparing(segments).thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  String json() {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
