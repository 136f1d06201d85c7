package io.gemoclap.training.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Manifests of Lhotse: recordings and supervisions, {@code .jsonl} or {@code .jsonl.gz}.
 *
 * <p>Given is a folder, of which all files with {@code recordings} or {@code supervisions} in the
 * name are read, or one file of supervisions, beside which the recordings lie under the same name
 * but for that word. The emotion is {@code custom.emotion} of a supervision. Paths of recordings
 * are taken relative to the manifest, and a supervision is cut out where it is not the whole
 * recording.
 *
 * <p>Problems are: sources that are no file or URL (a {@code command} is never run), several
 * sources, {@code transforms} other than to another sampling rate, and one of several channels,
 * since channels are mixed here. Recordings without supervision are counted as left out.
 * Alignments, old or new, are not looked at. Cuts are not read. A recording may itself be cut from
 * another, which {@code custom.recording} of its supervisions then names.
 */
final class LhotseManifest {
  private static final double WHOLE_SECONDS = 0.02;

  private final Reading reading;
  private final Map<String, Recording> recordings = new HashMap<>();
  private final Set<String> supervised = new HashSet<>();

  /** Where a recording lies, how long it is, and why it cannot be used, if so. */
  private record Recording(String path, double duration, int channels, String flaw) {}

  private LhotseManifest(Reading reading) {
    this.reading = reading;
  }

  static Corpus read(String location) throws IOException {
    List<String> recordings = new ArrayList<>();
    List<String> supervisions = new ArrayList<>();
    if (Location.isLocal(location) && Files.isDirectory(Path.of(location))) {
      try (Stream<Path> files = Files.list(Path.of(location))) {
        for (Path file : files.sorted().toList()) {
          String name = file.getFileName().toString();
          if (name.matches("[^.]*recordings.*\\.jsonl(\\.gz)?")) {
            recordings.add(file.toString());
          } else if (name.matches("[^.]*supervisions.*\\.jsonl(\\.gz)?")) {
            supervisions.add(file.toString());
          }
        }
      }
    } else {
      int slash = location.lastIndexOf('/') + 1;
      String name = location.substring(slash);
      supervisions.add(location);
      recordings.add(location.substring(0, slash) + name.replace("supervisions", "recordings"));
    }
    if (supervisions.isEmpty() || recordings.isEmpty() || supervisions.equals(recordings)) {
      throw new IOException(
          "'"
              + location
              + "' is neither a folder with recordings and supervisions nor a file of"
              + " supervisions (such as calls_supervisions.jsonl.gz next to"
              + " calls_recordings.jsonl.gz)");
    }
    Reading reading = new Reading(CsvManifest.name(location), LabelMap.beside(supervisions.get(0)));
    LhotseManifest manifest = new LhotseManifest(reading);
    for (String file : recordings) {
      reading.jsonLines(file, (object, line) -> manifest.recording(object, file, line));
    }
    for (String file : supervisions) {
      reading.jsonLines(file, (object, line) -> manifest.supervision(object, file, line));
    }
    manifest.recordings.keySet().stream()
        .filter(id -> !manifest.supervised.contains(id))
        .forEach(id -> reading.leaveOut("recording without supervision"));
    return reading.corpusOfLabelsThatOccur();
  }

  private void recording(JsonNode object, String file, long line) {
    JsonNode sources = object.path("sources");
    JsonNode source = sources.path(0);
    String type = ManifestEntry.text(source, "type");
    String flaw = null;
    if (sources.size() != 1) {
      flaw = "has " + sources.size() + " sources, not one";
    } else if (type.equals("command")) {
      flaw = "is the output of a shell command, which is not run";
    } else if (!type.equals("file") && !type.equals("url")) {
      flaw = "has a source of type '" + type + "', not file or url";
    } else if (!onlyResampled(object.path("transforms"))) {
      flaw = "has transforms, which are not supported";
    }
    String id = ManifestEntry.text(object, "id");
    Recording recording =
        new Recording(
            ManifestEntry.text(source, "source"),
            object.path("duration").asDouble(),
            Math.max(1, source.path("channels").size()),
            flaw);
    if (id.isEmpty() || recordings.putIfAbsent(id, recording) != null) {
      reading.problem(file, line, "the recording's id '" + id + "' is empty or taken");
    }
  }

  /** We resample anyway; everything else would change what is heard. */
  private static boolean onlyResampled(JsonNode transforms) {
    for (JsonNode transform : transforms) {
      if (!ManifestEntry.text(transform, "name").equals("Resample")) {
        return false;
      }
    }
    return true;
  }

  private void supervision(JsonNode object, String file, long line) {
    String id = ManifestEntry.text(object, "id");
    String recordingId = ManifestEntry.text(object, "recording_id");
    Recording recording = recordings.get(recordingId);
    supervised.add(recordingId);
    JsonNode channel = object.path("channel");
    if (id.isEmpty() || recording == null) {
      reading.problem(file, line, "there is no recording '" + recordingId + "' for '" + id + "'");
    } else if (recording.flaw() != null) {
      reading.problem(file, line, "the recording " + recordingId + " " + recording.flaw());
    } else if (recording.channels() > 1 && Math.max(1, channel.size()) < recording.channels()) {
      reading.problem(
          file,
          line,
          "%s is on channel %s of %s, but only mixed channels are supported"
              .formatted(id, channel, recording.channels()));
    } else if (!object.path("start").isNumber() || !object.path("duration").isNumber()) {
      reading.problem(file, line, "start and duration of " + id + " are not both numbers");
    } else {
      add(object, recording, recordingId, file, line);
    }
  }

  private void add(
      JsonNode object, Recording recording, String recordingId, String file, long line) {
    double start = object.path("start").asDouble();
    double duration = object.path("duration").asDouble();
    String source = ManifestEntry.text(object.path("custom"), "recording");
    ManifestEntry entry =
        new ManifestEntry(file, line)
            .with("id", ManifestEntry.text(object, "id"))
            .with("path", recording.path())
            .with("emotion", ManifestEntry.text(object.path("custom"), "emotion"))
            .with("speaker", ManifestEntry.text(object, "speaker"))
            .with("gender", ManifestEntry.text(object, "gender"))
            .with("session", ManifestEntry.text(object.path("custom"), "session"))
            .with("language", ManifestEntry.text(object, "language"))
            .with("text", ManifestEntry.text(object, "text"))
            .with("recording", source.isEmpty() ? recordingId : source);
    boolean whole = start == 0 && Math.abs(duration - recording.duration()) < WHOLE_SECONDS;
    if (!whole) {
      entry
          .with("start_s", Double.toString(start))
          .with("end_s", Double.toString(start + duration));
    }
    entry.addTo(reading);
  }
}
