package io.gemoclap.cli.adapt;

import static io.gemoclap.cli.adapt.LabelledClips.count;

import com.google.common.collect.Maps;
import io.gemoclap.audio.Recording;
import io.gemoclap.cli.adapt.AnnotatedFolder.Segment;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.corrections.Answer;
import io.gemoclap.corrections.Consensus;
import io.gemoclap.corrections.Corrections;
import io.gemoclap.features.ArchiveStatistics;
import io.gemoclap.features.NormalizationSpec;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.training.adapt.AdaptedLabels;
import io.gemoclap.training.adapt.Clip;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.options.PipelineOptions;

/** Takes clips from a folder of results and people's corrections of it. */
record CorrectedSegments(AnnotatedFolder results, Corrections corrections) {
  private static final int SHOWN = 10;

  /** Segments by what people say of them. */
  private static final class Sorted {
    final Map<String, String> labels = new LinkedHashMap<>();
    final Map<String, Integer> unknown = new TreeMap<>();
    int notSpeech;
    int unsure;
    int disputed;

    List<String> sentences() {
      List<String> sentences = new ArrayList<>();
      if (notSpeech + unsure + disputed > 0) {
        sentences.add(
            "Not used: %s as not speech, %s as unsure, %s without a majority"
                .formatted(notSpeech, unsure, disputed));
      }
      return sentences;
    }
  }

  /**
   * The clips of those corrections that name one of the labels.
   *
   * @throws WrongUsageException if the results hold none of the corrected segments
   */
  LabelledClips clips(AdaptedLabels labels, ModelManifest manifest, PipelineOptions options)
      throws IOException {
    if (corrections.segments().isEmpty()) {
      throw new WrongUsageException("The corrections hold no answer");
    }
    Map<String, Segment> known = results.segments(corrections.segments(), options);
    List<String> missing =
        corrections.segments().stream().filter(id -> !known.containsKey(id)).toList();
    if (known.isEmpty()) {
      throw new WrongUsageException(
          "'%s' holds none of the corrected segments (%s), such as '%s'. Name the results that were corrected"
              .formatted(results.uri(), missing.size(), missing.stream().findFirst().orElse("")));
    }
    List<String> report = new ArrayList<>(corrections.skipped());
    report.add(
        "%s of %s with answers of %s"
            .formatted(
                count(known.size(), "segment"),
                results.uri(),
                corrections.people().size() == 1
                    ? "1 person"
                    : corrections.people().size() + " people"));
    if (!missing.isEmpty()) {
      report.add(listed("%s not in the results", missing));
    }
    Sorted sorted = sort(known, labels);
    report.addAll(sorted.sentences());
    return new LabelledClips(
        withFeatures(known, sorted.labels, manifest, options, report), report, sorted.unknown);
  }

  private Sorted sort(Map<String, Segment> known, AdaptedLabels labels) {
    Sorted sorted = new Sorted();
    for (String id : known.keySet()) {
      Optional<Consensus> consensus = corrections.consensus(id);
      if (consensus.isEmpty()) {
        boolean judged =
            corrections.answers(id).stream().anyMatch(c -> c.answer() != Answer.UNSURE);
        sorted.disputed += judged ? 1 : 0;
        sorted.unsure += judged ? 0 : 1;
      } else if (consensus.get().answer() == Answer.NOT_SPEECH) {
        sorted.notSpeech++;
      } else {
        String word = consensus.get().label();
        labels
            .of(word)
            .ifPresentOrElse(
                label -> sorted.labels.put(id, label),
                () -> sorted.unknown.merge(word, 1, Integer::sum));
      }
    }
    return sorted;
  }

  private List<Clip> withFeatures(
      Map<String, Segment> known,
      Map<String, String> labels,
      ModelManifest manifest,
      PipelineOptions options,
      List<String> report)
      throws IOException {
    if (labels.isEmpty()) {
      return List.of();
    }
    SegmentFeatures.Computed computed =
        results.hasFeatures()
            ? new SegmentFeatures.Computed(
                results.features(Maps.filterKeys(known, labels::containsKey), manifest, options),
                Map.of())
            : computed(known, labels.keySet(), manifest, options);
    List<Clip> clips = new ArrayList<>();
    List<String> without = new ArrayList<>();
    labels.forEach(
        (id, label) -> {
          FeatureRow row = computed.rows().get(id);
          if (row == null) {
            Map<String, String> reasons = computed.failures();
            String ofRecording =
                reasons.getOrDefault(
                    known.get(id).recording(), "its recording is now cut otherwise");
            without.add(id + " (" + reasons.getOrDefault(id, ofRecording) + ")");
          } else {
            clips.add(new Clip(id, row.group(), label, row.matrix()));
          }
        });
    if (!without.isEmpty()) {
      report.add(listed("%s without features", without));
    }
    return clips;
  }

  private SegmentFeatures.Computed computed(
      Map<String, Segment> known, Set<String> ids, ModelManifest manifest, PipelineOptions options)
      throws IOException {
    NormalizationSpec own = manifest.normalization();
    ArchiveStatistics archive = results.archive(manifest.featureSpec());
    List<Recording> recordings = results.recordings(ids.stream().map(known::get).toList(), options);
    return new SegmentFeatures(
            results.decode(),
            manifest.featureSpec(),
            own == null ? null : own.withGrouping(results.job().normalization()),
            archive,
            List.of())
        .of(recordings, ids, options);
  }

  private static String listed(String what, List<String> items) {
    String shown = String.join("\n  ", items.subList(0, Math.min(SHOWN, items.size())));
    return what.formatted(count(items.size(), "corrected segment"))
        + ":\n  "
        + shown
        + (items.size() > SHOWN ? "\n  ..." : "");
  }
}
