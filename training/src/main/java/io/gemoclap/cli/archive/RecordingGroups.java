package io.gemoclap.cli.archive;

import io.gemoclap.audio.Recording;
import io.gemoclap.audio.segment.Span;
import io.gemoclap.features.Normalization;
import io.gemoclap.features.NormalizeFeatures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which recordings must be annotated in one part, since their features are standardised as one. */
public final class RecordingGroups {
  private RecordingGroups() {}

  /**
   * The recordings that are left to do. If features are standardised by speaker, recordings that
   * share a speaker are one group, and so are all that are linked by other recordings; otherwise
   * each is its own group.
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
    List<List<Recording>> left = new ArrayList<>();
    for (List<Recording> group : groups(recordings)) {
      long finished = group.stream().filter(r -> done.contains(r.id())).count();
      if (finished == 0) {
        left.add(group);
      } else if (finished < group.size()) {
        Set<String> names = new TreeSet<>();
        group.forEach(recording -> names.addAll(speakers(recording)));
        throw new IllegalArgumentException(
            ("Some recordings of speaker %s are done and others are not. With --normalize=%s,"
                    + " they are measured together: annotate the new ones into another"
                    + " folder, or everything with --overwrite")
                .formatted(String.join(", ", names), by));
      }
    }
    return List.copyOf(left);
  }

  /** Recordings that speakers link, in the order of the first of each group. */
  private static List<List<Recording>> groups(List<Recording> recordings) {
    int[] link = new int[recordings.size()];
    Map<String, Integer> firstOf = new HashMap<>();
    for (int i = 0; i < link.length; i++) {
      link[i] = i;
      for (String speaker : speakers(recordings.get(i))) {
        int one = first(link, i);
        int other = first(link, firstOf.computeIfAbsent(speaker, name -> one));
        link[Math.max(one, other)] = Math.min(one, other);
      }
    }
    Map<Integer, List<Recording>> groups = new LinkedHashMap<>();
    for (int i = 0; i < link.length; i++) {
      groups.computeIfAbsent(first(link, i), first -> new ArrayList<>()).add(recordings.get(i));
    }
    return List.copyOf(groups.values());
  }

  /** The first recording that one is linked to; shortens the way there. */
  private static int first(int[] link, int of) {
    int first = of;
    while (link[first] != first) {
      link[first] = link[link[first]];
      first = link[first];
    }
    return first;
  }

  /** The speakers of a recording whom other recordings may have too. */
  private static Set<String> speakers(Recording recording) {
    Set<String> speakers = new TreeSet<>();
    Map<String, String> metadata = recording.metadata();
    if (!NormalizeFeatures.IN_RECORDING.equals(metadata.get(NormalizeFeatures.SPEAKER_SCOPE))) {
      speakers.add(metadata.getOrDefault(NormalizeFeatures.SPEAKER, ""));
      recording.spans().stream().map(Span::speaker).forEach(speakers::add);
      speakers.removeIf(String::isBlank);
    }
    return speakers;
  }
}
