package io.gemoclap.cli.archive;

import io.gemoclap.audio.Recording;
import io.gemoclap.features.Normalization;
import io.gemoclap.features.NormalizeFeatures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which recordings must be annotated in one part, since their features are standardised as one. */
public final class RecordingGroups {
  private RecordingGroups() {}

  /**
   * The recordings that are left to do, grouped by speaker if features are standardised so,
   * otherwise each for itself.
   *
   * @param done ids of those that are done
   * @throws IllegalArgumentException if of a speaker some are done and others are not: all of them
   *     would have to be annotated together
   */
  public static List<List<Recording>> left(
      List<Recording> recordings, Set<String> done, Normalization by) {
    if (!by.usesSpeakers()) {
      return recordings.stream().filter(r -> !done.contains(r.id())).map(List::of).toList();
    }
    Map<String, List<Recording>> groups = new LinkedHashMap<>();
    for (Recording recording : recordings) {
      String speaker = recording.metadata().getOrDefault(NormalizeFeatures.SPEAKER, "");
      String group = speaker.isBlank() ? "recording " + recording.id() : "speaker " + speaker;
      groups.computeIfAbsent(group, name -> new ArrayList<>()).add(recording);
    }
    List<List<Recording>> left = new ArrayList<>();
    groups.forEach(
        (name, group) -> {
          long finished = group.stream().filter(r -> done.contains(r.id())).count();
          if (finished == 0) {
            left.add(group);
          } else if (finished < group.size()) {
            throw new IllegalArgumentException(
                ("Some recordings of %s are done and others are not. With --normalize=%s,"
                        + " they are measured together: annotate the new ones into another"
                        + " folder, or everything with --overwrite")
                    .formatted(name, by));
          }
        });
    return List.copyOf(left);
  }
}
