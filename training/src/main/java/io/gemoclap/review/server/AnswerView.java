package io.gemoclap.review.server;

import io.gemoclap.corrections.Agreement;
import io.gemoclap.corrections.Answer;
import io.gemoclap.corrections.Correction;
import io.gemoclap.review.index.Answers;
import io.gemoclap.review.index.SegmentRow;
import io.gemoclap.review.index.Segments;
import io.gemoclap.review.server.Api.UndecidedException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes answers, and tells how far people agree. */
final class AnswerView {
  private final Segments segments;
  private final Answers answers;
  private final List<String> labels;

  /**
   * The view.
   *
   * @param labels those of the results
   */
  AnswerView(Segments segments, Answers answers, List<String> labels) {
    this.segments = segments;
    this.answers = answers;
    this.labels = labels;
  }

  /**
   * An answer as the page sends it.
   *
   * @param segment place of the segment
   * @param answer what the person says
   * @param label the label, if that is the answer
   * @param newLabel whether the label is meant although no segment has it
   */
  record Given(long segment, Answer answer, @Nullable String label, boolean newLabel) {}

  Map<String, Object> give(Parameters parameters, byte[] body) throws IOException {
    Given given = Api.JSON.readValue(body, Given.class);
    if (given.answer == null) {
      throw new IllegalArgumentException("'answer' is missing");
    }
    SegmentRow row =
        segments
            .byId(given.segment)
            .orElseThrow(() -> new FileNotFoundException("There is no segment " + given.segment));
    Correction correction = answers.give(row, given.answer, label(given));
    return Map.of(
        "correction", correction,
        "answers", answers.of(row.segmentId()),
        "counts", answers.counts());
  }

  /** The label in the spelling of the results. */
  private String label(Given given) {
    String label = given.label == null ? "" : given.label.strip();
    if (given.answer != Answer.LABEL || label.isEmpty()) {
      return label;
    }
    String wanted = label.toLowerCase(Locale.ROOT);
    Optional<String> known =
        Stream.concat(labels.stream(), answers.labels().stream())
            .filter(other -> other.toLowerCase(Locale.ROOT).equals(wanted))
            .findFirst();
    if (known.isEmpty() && !given.newLabel) {
      throw new UndecidedException(
          "'%s' is none of the labels of the results (%s)."
              .formatted(label, String.join(", ", labels)));
    }
    return known.orElse(label);
  }

  /**
   * How far people agree.
   *
   * @param counts answered segments of each person
   * @param pairs each two people who judged a segment both; κ is null if undefined
   * @param groups segments by the number of people who judged them
   */
  record Agreed(Map<String, Integer> counts, List<Pair> pairs, List<Group> groups) {}

  /** Two people, and Cohen's κ. */
  record Pair(String first, String second, int segments, double agreed, @Nullable Double kappa) {}

  /** Segments with the same number of people, and Fleiss' κ. */
  record Group(int raters, int segments, @Nullable Double kappa) {}

  Agreed agreement(Parameters parameters, byte[] body) {
    Agreement agreement = answers.agreement();
    return new Agreed(
        answers.counts(),
        agreement.pairs().stream()
            .map(p -> new Pair(p.first(), p.second(), p.segments(), p.agreed(), defined(p.kappa())))
            .toList(),
        agreement.groups().stream()
            .map(g -> new Group(g.raters(), g.segments(), defined(g.kappa())))
            .toList());
  }

  private static @Nullable Double defined(double kappa) {
    return Double.isNaN(kappa) ? null : kappa;
  }
}
