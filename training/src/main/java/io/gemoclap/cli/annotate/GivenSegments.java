package io.gemoclap.cli.annotate;

import io.gemoclap.audio.Recording;
import io.gemoclap.census.Census;
import io.gemoclap.census.CensusEntry;
import io.gemoclap.census.LocalNames;
import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.failure.Failure;
import io.gemoclap.spans.SpanFile;
import io.gemoclap.spans.SpanFormat;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Gives the recordings of an input the segments that {@code --segments} names.
 *
 * <p>A file of segments that cannot be read, or whose segments fit several recordings, costs these
 * recordings: each becomes a failure. An entry that is no segment becomes a failure of its own.
 * Segments of recordings that are not in the input are counted. Only if nothing fits is everything
 * refused.
 */
final class GivenSegments {
  private static final int SHOWN = 5;

  private final SegmentsOptions options;
  private final SpanFormat format;
  private final Inputs inputs;
  private final Map<String, SegmentsOfRecording> recordings = new LinkedHashMap<>();
  private final Set<String> files = new LinkedHashSet<>();
  private final Set<String> unknown = new TreeSet<>();
  private final List<String> messages = new ArrayList<>();
  private boolean matched;

  private GivenSegments(SegmentsOptions options, Inputs inputs) {
    this.options = options;
    this.format = options.format();
    this.inputs = inputs;
  }

  /**
   * The input with its segments.
   *
   * @param inputs without files of segments
   * @param failures those of single segments, by the ids of their recordings
   * @param messages sentences for the user
   */
  record Result(Inputs inputs, Map<String, List<Failure>> failures, List<String> messages) {
    /** An input without given segments. */
    static Result without(Inputs inputs) {
      return new Result(inputs, Map.of(), List.of());
    }

    /** Failures of single segments of some recordings. */
    List<Failure> failuresOf(Collection<Recording> some) {
      return some.stream()
          .flatMap(recording -> failures.getOrDefault(recording.id(), List.of()).stream())
          .toList();
    }
  }

  /**
   * Reads the segments.
   *
   * @param otherwise whether recordings without segments are cut otherwise
   * @throws WrongUsageException if no recording has segments
   * @throws IOException if there is one file of segments, and it cannot be read
   */
  static Result of(SegmentsOptions options, Inputs inputs, boolean otherwise) throws IOException {
    if (inputs.hasSpans()) {
      throw new WrongUsageException(
          "The manifest '%s' has start_s and end_s, so --segments has no place: give only one"
              .formatted(inputs.input()));
    }
    GivenSegments given = new GivenSegments(options, inputs);
    String path = options.path();
    if (path == null) {
      given.readBesideRecordings();
    } else {
      given.read(path);
    }
    return given.result(otherwise);
  }

  private void readBesideRecordings() throws IOException {
    Set<String> unreadable =
        inputs.unreadable().stream().map(CensusEntry::name).collect(Collectors.toSet());
    for (Recording recording : inputs.recordings()) {
      if (format.fits(recording.id())) {
        files.add(recording.id());
      } else {
        recordings.put(recording.id(), new SegmentsOfRecording(recording));
      }
    }
    matched = true; // By their places.
    Set<String> used = new LinkedHashSet<>();
    for (Map.Entry<String, SegmentsOfRecording> each : recordings.entrySet()) {
      if (!unreadable.contains(each.getKey())) {
        readBeside(each.getKey(), each.getValue(), used);
      }
    }
    if (used.isEmpty()) {
      throw new WrongUsageException(
          "--segments=%s: no recording has a file of segments beside it, such as call%s of call.wav;"
                  .formatted(format, format.suffixes().get(0))
              + " add these files, or name them with --segments=%s:<path>".formatted(format));
    }
    files.stream().filter(file -> !used.contains(file)).forEach(unknown::add);
  }

  private void readBeside(String id, SegmentsOfRecording segments, Set<String> used) {
    boolean found = false;
    for (int i = 0; !found && i < format.suffixes().size(); i++) {
      String file = RecordingIndex.stem(id) + format.suffixes().get(i);
      try {
        addBeside(id, segments, file, format.read(file, options.choices()));
        used.add(file);
        found = true;
      } catch (FileNotFoundException e) {
        found = false; // The next suffix may be there.
      } catch (IOException e) {
        segments.refuse("Its segments cannot be read: " + sentence(file, e));
        used.add(file);
        found = true;
      }
    }
  }

  /** Of a file with several recordings, takes what is named like the recording it lies beside. */
  private void addBeside(String id, SegmentsOfRecording segments, String file, SpanFile read) {
    Set<String> names = new TreeSet<>();
    read.spans().forEach(entry -> names.add(entry.recording()));
    read.problems().forEach(entry -> names.add(entry.recording()));
    RecordingIndex index = new RecordingIndex(List.of(id));
    boolean several = names.size() > 1;
    read.spans().stream()
        .filter(entry -> fits(index, entry.recording(), several))
        .forEach(segments::add);
    read.problems().stream()
        .filter(entry -> fits(index, entry.recording(), several))
        .forEach(entry -> segments.add(file, entry));
  }

  private boolean fits(RecordingIndex index, String name, boolean several) {
    boolean fits = !several || name.isEmpty() || !index.find(name).isEmpty();
    if (!fits) {
      unknown.add(name);
    }
    return fits;
  }

  private void read(String path) throws IOException {
    List<String> found = listed(path);
    files.addAll(found);
    for (Recording recording : inputs.recordings()) {
      if (!files.contains(recording.id())) {
        recordings.put(recording.id(), new SegmentsOfRecording(recording));
      }
    }
    RecordingIndex index = new RecordingIndex(recordings.keySet());
    boolean any = false;
    for (String file : found) {
      try {
        SpanFile read = format.read(file, options.choices());
        any |= !read.spans().isEmpty() || !read.problems().isEmpty();
        for (SpanFile.Entry entry : read.spans()) {
          of(index, file, entry.recording()).forEach(segments -> segments.add(entry));
        }
        for (SpanFile.Problem entry : read.problems()) {
          of(index, file, entry.recording()).forEach(segments -> segments.add(file, entry));
        }
      } catch (IOException e) {
        if (found.size() == 1) {
          throw new IOException("--segments: " + sentence(file, e), e);
        }
        any = true;
        String sentence = "Segments cannot be read: " + sentence(file, e);
        List<String> ids = index.findByPath(format.stem(file));
        matched |= !ids.isEmpty();
        ids.forEach(id -> recordings.get(id).refuse(sentence));
        if (ids.isEmpty()) {
          messages.add(sentence);
        }
      }
    }
    if (!any) {
      throw new WrongUsageException("--segments: '%s' holds no segments".formatted(path));
    }
  }

  /** Files of segments: whatever a file is called, but of a folder only those with its suffix. */
  private List<String> listed(String path) throws IOException {
    List<String> all =
        Census.of(path).entries().stream()
            .filter(CensusEntry::isFile)
            .map(CensusEntry::name)
            .toList();
    boolean itself =
        all.size() == 1
            && (!LocalNames.isLocal(path)
                || all.get(0).equals(LocalNames.name(LocalNames.path(path))));
    List<String> found = itself ? all : all.stream().filter(format::fits).toList();
    if (found.isEmpty()) {
      throw new WrongUsageException(
          "--segments: '%s' matches no file%s"
              .formatted(
                  path,
                  all.isEmpty() ? "" : " that ends in " + String.join(" or ", format.suffixes())));
    }
    return found;
  }

  /** The recording that segments belong to; none if it is unknown, or several fit. */
  private List<SegmentsOfRecording> of(RecordingIndex index, String file, String name) {
    String called = name.isEmpty() ? format.stem(file) : name;
    List<String> ids = name.isEmpty() ? index.findByPath(called) : index.find(called);
    matched |= !ids.isEmpty();
    if (ids.isEmpty()) {
      unknown.add(called);
    }
    if (ids.size() > 1) {
      String sentence =
          "Segments of '%s' in '%s' fit %s recordings, %s: name the recording by its path."
              .formatted(called, file, ids.size(), some(ids));
      ids.forEach(id -> recordings.get(id).refuse(sentence));
      return List.of();
    }
    return ids.stream().map(recordings::get).toList();
  }

  private Result result(boolean otherwise) {
    Map<String, List<Failure>> failures = new LinkedHashMap<>();
    List<Recording> all = new ArrayList<>();
    List<String> failing = new ArrayList<>();
    long overlaps = 0;
    long count = 0;
    long bad = 0;
    Set<String> unreadable =
        inputs.unreadable().stream().map(CensusEntry::name).collect(Collectors.toSet());
    for (Recording recording : inputs.recordings()) {
      SegmentsOfRecording segments = recordings.get(recording.id());
      if (segments != null && unreadable.contains(recording.id())) {
        all.add(recording);
      } else if (segments != null) {
        all.add(segments.recording(otherwise, options.namesAreOfArchive()));
        failures.put(recording.id(), segments.failures());
        bad += segments.failures().size();
        if (!segments.problem().isEmpty()) {
          failing.add("%s: %s".formatted(recording.id(), segments.problem()));
        }
        overlaps += segments.overlaps();
        count += segments.count();
      }
    }
    if (!matched) {
      throw new WrongUsageException(
          "--segments has segments of %s, but none of these recordings is in --input, which has %s"
              .formatted(some(unknown), some(recordings.keySet())));
    }
    if (!failing.isEmpty()) {
      messages.add(
          "%s of %s recordings have no segments that can be used, and will be failures. The first: %s"
              .formatted(failing.size(), all.size(), failing.get(0)));
    }
    if (bad > 0) {
      messages.add("%s entries are no segments, and will be failures".formatted(bad));
    }
    if (!unknown.isEmpty()) {
      messages.add(
          "Segments of %s recordings that are not in --input are left out: %s"
              .formatted(unknown.size(), some(unknown)));
    }
    if (overlaps > 0) {
      messages.add(
          "%s of %s segments overlap one of another speaker, and hold both voices"
              .formatted(overlaps, count));
    }
    return new Result(inputs.without(files).withRecordings(all), failures, List.copyOf(messages));
  }

  /** What is wrong with a file; messages of readers name it already. */
  private static String sentence(String file, IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains(file) ? message : "'%s': %s".formatted(file, message);
  }

  private static String some(Collection<String> names) {
    String first =
        names.stream().limit(SHOWN).map("'%s'"::formatted).collect(Collectors.joining(", "));
    return names.size() > SHOWN ? first + " and " + (names.size() - SHOWN) + " more" : first;
  }
}
