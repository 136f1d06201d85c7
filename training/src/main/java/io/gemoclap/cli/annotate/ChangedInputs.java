package io.gemoclap.cli.annotate;

import io.gemoclap.audio.Recording;
import io.gemoclap.census.LocalNames;
import io.gemoclap.census.StoredFile;
import io.gemoclap.cli.archive.FinishedParts;
import io.gemoclap.cli.archive.InputDigests;
import io.gemoclap.cli.archive.PartFile;
import io.gemoclap.cli.console.WrongUsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Notices recordings that were annotated and have changed since: their size or time of change, or
 * their given segments if segments are cut by them.
 *
 * @param stamps size and time of change of remote recordings by their ids, as the listing had them;
 *     local files are looked at when they are needed
 * @param bySpans whether segments are cut as a manifest or files of segments say
 */
record ChangedInputs(Map<String, String> stamps, boolean bySpans) {
  private static final int SHOWN = 5;

  /** What the summary of a part keeps of its recordings. */
  String digests(List<Recording> recordings) {
    return InputDigests.text(recordings.stream().map(this::digest).toList());
  }

  private long digest(Recording recording) {
    return digest(recording, stamp(recording.id()));
  }

  private long digest(Recording recording, String stamp) {
    return InputDigests.of(recording.id(), stamp, bySpans ? recording.spans() : List.of());
  }

  /** Compares what is known now with what was known then. */
  private OptionalInt changed(Recording recording, InputDigests then) {
    String stamp = stamp(recording.id());
    if (stamp.isEmpty() && (!bySpans || LocalNames.isLocal(recording.id()))) {
      return OptionalInt.empty();
    }
    OptionalInt part = then.changed(recording.id(), digest(recording, stamp));
    return part.isPresent() ? then.changed(recording.id(), digest(recording, "")) : part;
  }

  private String stamp(String id) {
    try {
      return LocalNames.isLocal(id) ? StoredFile.of(id).stamp() : stamps.getOrDefault(id, "");
    } catch (IOException | IllegalArgumentException e) {
      return ""; // It cannot be looked at, which decoding reports.
    }
  }

  /**
   * Refuses to keep results of recordings that have changed.
   *
   * @param again ids of those that run again in any case
   * @throws WrongUsageException naming the folder, some of the recordings, and the remedy
   */
  void requireNone(
      String folder, List<Recording> recordings, FinishedParts parts, Set<String> again) {
    List<String> changed = new ArrayList<>();
    Set<String> summaries = new TreeSet<>();
    for (Recording recording : recordings) {
      if (parts.done().contains(recording.id()) && !again.contains(recording.id())) {
        OptionalInt part = changed(recording, parts.inputs());
        if (part.isPresent()) {
          changed.add(recording.id());
          summaries.add(PartFile.summaryOf(part.getAsInt()));
        }
      }
    }
    if (!changed.isEmpty()) {
      throw new WrongUsageException(
          ("%s recordings have changed since they were annotated into '%s', in %s of its parts: %s."
                  + " --resume would keep the old results. Choose a new output folder, or delete"
                  + " %s to annotate these parts again")
              .formatted(changed.size(), folder, summaries.size(), some(changed), some(summaries)));
    }
  }

  private static String some(Collection<String> names) {
    String first = String.join(", ", names.stream().limit(SHOWN).toList());
    return names.size() > SHOWN ? first + " and " + (names.size() - SHOWN) + " more" : first;
  }
}
