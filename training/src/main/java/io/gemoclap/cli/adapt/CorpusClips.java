package io.gemoclap.cli.adapt;

import static io.gemoclap.cli.adapt.LabelledClips.count;

import io.gemoclap.audio.DecodeAudio;
import io.gemoclap.audio.segment.Segmenter;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.training.adapt.AdaptedLabels;
import io.gemoclap.training.adapt.Clip;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.degrade.Degradation;
import io.gemoclap.training.transfer.Sources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * Takes the utterances of a labelled corpus as clips.
 *
 * @param corpus the corpus
 * @param bySpeaker whether features are normalised with the speakers that the corpus names
 */
record CorpusClips(Corpus corpus, boolean bySpeaker) {
  private static final double SAME_SECONDS = 0.002;

  /**
   * The utterances that have one of the labels.
   *
   * @param archive the archive's statistics; null if the corpus is the archive
   * @param degradations what happens to every utterance first
   */
  LabelledClips clips(
      AdaptedLabels labels,
      ModelManifest manifest,
      @Nullable ArchiveStatistics archive,
      List<Degradation> degradations,
      PipelineOptions options)
      throws IOException {
    Sources sources = Sources.of(corpus, bySpeaker);
    NormalizationSpec normalization = manifest.normalization();
    SegmentFeatures.Computed computed =
        new SegmentFeatures(
                DecodeAudio.recordings().withSegmenter(Segmenter.spansOr(Segmenter.whole())),
                manifest.featureSpec(),
                normalization,
                archive,
                degradations)
            .of(sources.recordings(), null, options);
    Map<String, List<FeatureRow>> rows = new TreeMap<>();
    computed
        .rows()
        .values()
        .forEach(row -> rows.computeIfAbsent(row.recording(), id -> new ArrayList<>()).add(row));
    List<Clip> clips = new ArrayList<>();
    Map<String, Integer> unknown = new TreeMap<>();
    int[] without = new int[1];
    sources
        .utterances()
        .forEach(
            (recording, utterances) -> {
              for (Utterance utterance : utterances) {
                String word =
                    utterance.emotion().isEmpty() ? utterance.rawLabel() : utterance.emotion();
                FeatureRow row =
                    rows.getOrDefault(recording, List.of()).stream()
                        .filter(each -> matches(each, utterance))
                        .findFirst()
                        .orElse(null);
                if (row == null) {
                  without[0]++;
                } else if (labels.of(word).isEmpty()) {
                  unknown.merge(word, 1, Integer::sum);
                } else {
                  clips.add(
                      new Clip(
                          utterance.id(), group(utterance), labels.of(word).get(), row.matrix()));
                }
              }
            });
    List<String> report = new ArrayList<>();
    report.add(count(clips.size(), "utterance") + " of " + corpus.name());
    if (without[0] > 0) {
      report.add(
          count(without[0], "utterance")
              + " without features"
              + computed.failures().values().stream()
                  .findFirst()
                  .map(reason -> ", such as " + reason)
                  .orElse(""));
    }
    return new LabelledClips(clips, report, unknown);
  }

  private static boolean matches(FeatureRow row, Utterance utterance) {
    return utterance
        .span()
        .map(
            span ->
                Math.abs(span.startSeconds() - row.startSeconds()) < SAME_SECONDS
                    && Math.abs(span.endSeconds() - row.endSeconds()) < SAME_SECONDS)
        .orElse(true);
  }

  /** Who speaks is known to those who judge, whether features are normalised by it or not. */
  private static String group(Utterance utterance) {
    return FeatureRow.group(
        utterance.speaker(),
        utterance.recording().isEmpty() ? utterance.uri() : utterance.recording());
  }
}
