package io.gemoclap.cli.annotate;

import static java.util.stream.Collectors.toSet;

import io.gemoclap.audio.Recording;
import io.gemoclap.census.Census;
import io.gemoclap.census.LocalNames;
import io.gemoclap.cli.archive.FinishedParts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ids under which a folder of results knows recordings. A recording is identified by its
 * resolved location: if it was annotated under another spelling, or through another link, it keeps
 * the id of that time. Looks at the files of this machine alone, and only at those that their ids
 * do not identify.
 */
final class EarlierIds {
  private final Map<String, String> byLocation = new HashMap<>();

  private EarlierIds() {}

  /** The same inputs, in which the recordings that are done have the ids that they are done by. */
  static Inputs keep(Inputs inputs, FinishedParts parts) {
    List<Recording> recordings = inputs.recordings();
    if (recordings.stream().allMatch(recording -> parts.done().contains(recording.id()))) {
      return inputs;
    }
    Set<String> ids = recordings.stream().map(Recording::id).collect(toSet());
    EarlierIds earlier = new EarlierIds();
    parts.done().stream()
        .filter(id -> !ids.contains(id) && isOfItsFile(id, inputs, parts))
        .forEach(earlier::add);
    return earlier.byLocation.isEmpty()
        ? inputs
        : inputs.withRecordings(
            recordings.stream()
                .map(each -> parts.done().contains(each.id()) ? each : earlier.rename(each))
                .toList());
  }

  /**
   * Whether an id is done for the file that it names. A link that led nowhere was a failure of its
   * own; if it now leads to a recording of the input, that has not been annotated.
   */
  private static boolean isOfItsFile(String id, Inputs inputs, FinishedParts parts) {
    return !(parts.unreadable().contains(id) && inputs.knows(id));
  }

  private void add(String id) {
    location(id)
        .ifPresent(place -> byLocation.merge(place, id, (a, b) -> a.compareTo(b) <= 0 ? a : b));
  }

  private Recording rename(Recording recording) {
    return location(recording.id()).map(byLocation::get).map(recording::withId).orElse(recording);
  }

  private static Optional<String> location(String id) {
    try {
      return LocalNames.isLocal(id) ? Optional.of(Census.location(id)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // It is the name of no file.
    }
  }
}
