package io.gemoclap.cli.annotate;

import io.gemoclap.audio.Recording;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.failure.Failure;
import io.gemoclap.failure.FailureKind;
import io.gemoclap.features.NormalizeFeatures;
import io.gemoclap.spans.SpanFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what files of segments say of one recording. Not thread-safe. */
final class SegmentsOfRecording {
  private static final String STAGE = "ReadSegments";

  private final Recording recording;
  private final List<Span> spans = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private @Nullable String problem;

  SegmentsOfRecording(Recording recording) {
    this.recording = recording;
  }

  void add(SpanFile.Entry entry) {
    spans.add(entry.span());
  }

  /** Adds an entry that is no segment: it becomes a failure. */
  void add(String file, SpanFile.Problem entry) {
    String name = file.substring(file.lastIndexOf('/') + 1);
    failures.add(
        Failure.at(
                STAGE,
                FailureKind.UNFIT,
                "%s#%s:%s".formatted(recording.id(), name, entry.line()),
                recording.id(),
                entry.startSeconds(),
                "'%s', line %s is no segment: %s.".formatted(file, entry.line(), entry.message()))
            .withMetadata(recording.metadata()));
  }

  /** Says why it cannot be known where its segments are; the first reason counts. */
  void refuse(String sentence) {
    problem = problem == null ? sentence : problem;
  }

  /** Failures of single segments. */
  List<Failure> failures() {
    return failures;
  }

  /** Why the recording fails, once {@link #recording} has been asked for; empty if it does not. */
  String problem() {
    return problem == null ? "" : problem;
  }

  /** Number of segments. */
  int count() {
    return spans.size();
  }

  /**
   * The recording with its segments; one that fails as a whole if there are none.
   *
   * @param otherwise whether a recording without segments is cut otherwise
   * @param names whether a speaker's name is the same person in all recordings
   */
  Recording recording(boolean otherwise, boolean names) {
    if (problem == null && spans.isEmpty() && !failures.isEmpty()) {
      refuse(
          "None of its %s segments can be used. The first: %s"
              .formatted(failures.size(), failures.get(0).getMessage()));
    }
    if (problem == null && spans.isEmpty() && !otherwise) {
      refuse(
          "It has no segments in --segments: add them, or let --segment=vad cut the recordings"
              + " without segments.");
    }
    if (problem != null) {
      return Recording.unreadable(recording.id(), problem).withMetadata(recording.metadata());
    }
    boolean speakers = spans.stream().anyMatch(span -> !span.speaker().isEmpty());
    Map<String, String> metadata = new HashMap<>(recording.metadata());
    if (speakers && !names) {
      metadata.put(NormalizeFeatures.SPEAKER_SCOPE, NormalizeFeatures.IN_RECORDING);
    }
    return recording.withMetadata(metadata).withSpans(spans);
  }

  /** How many segments overlap one of another speaker. */
  long overlaps() {
    List<Span> byStart =
        spans.stream().sorted(Comparator.comparingDouble(Span::startSeconds)).toList();
    boolean[] overlaps = new boolean[byStart.size()];
    for (int i = 0; i < overlaps.length; i++) {
      Span one = byStart.get(i);
      for (int j = i + 1; j < overlaps.length; j++) {
        Span other = byStart.get(j);
        if (other.startSeconds() >= one.endSeconds()) {
          break;
        }
        if (!other.speaker().equals(one.speaker())) {
          overlaps[i] = true;
          overlaps[j] = true;
        }
      }
    }
    long count = 0;
    for (boolean each : overlaps) {
      count += each ? 1 : 0;
    }
    return count;
  }
}
