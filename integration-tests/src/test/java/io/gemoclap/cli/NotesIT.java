package io.gemoclap.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemoclap.Exhaustive;
import io.gemoclap.Written;
import io.gemoclap.audio.FloatWav;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says about recordings that decode, but not as one would expect. */
final class NotesIT {
  private static final Path SAMPLE =
      Path.of("examples", "samples", "german-female-16k.wav").toAbsolutePath();

  @TempDir private Path folder;
  private Path archive;
  private Path output;
  private String printed = "";

  @BeforeEach
  void makeAnArchive() throws IOException, UnsupportedAudioFileException {
    archive = Files.createDirectory(folder.resolve("archive"));
    output = folder.resolve("out");
    byte[] whole = Files.readAllBytes(SAMPLE);
    Files.write(archive.resolve("whole.wav"), whole);
    Files.write(archive.resolve("cut.wav"), Arrays.copyOf(whole, whole.length * 2 / 3));
    writeStereo("inverted.wav", -1);
    writeStereo("right_dead.wav", 0);
    try (InputStream video = NotesIT.class.getResourceAsStream("/media/silence_then_speech.mp4")) {
      Files.copy(video, archive.resolve("two_streams.mp4"));
    }
  }

  /** The sample on the left, and times a factor on the right. */
  private void writeStereo(String name, int factor)
      throws IOException, UnsupportedAudioFileException {
    AudioFormat wanted = new AudioFormat(16_000, 16, 1, true, false);
    byte[] mono;
    try (AudioInputStream in = AudioSystem.getAudioInputStream(SAMPLE.toFile())) {
      assertEquals(wanted.getSampleSizeInBits(), in.getFormat().getSampleSizeInBits());
      assertEquals(1, in.getFormat().getChannels());
      wanted = new AudioFormat(in.getFormat().getSampleRate(), 16, 2, true, false);
      mono = in.readAllBytes();
    }
    byte[] stereo = new byte[2 * mono.length];
    for (int i = 0; i < mono.length; i += 2) {
      int sample = factor * (short) ((mono[i] & 0xFF) | (mono[i + 1] << 8));
      stereo[2 * i] = mono[i];
      stereo[2 * i + 1] = mono[i + 1];
      stereo[2 * i + 2] = (byte) sample;
      stereo[2 * i + 3] = (byte) (sample >> 8);
    }
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(stereo), wanted, stereo.length / 4),
        AudioFileFormat.Type.WAVE,
        archive.resolve(name).toFile());
  }

  private void annotate(String... options) {
    annotate(archive, options);
  }

  private void annotate(Path input, String... options) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      String[] all = {"annotate", "--input=" + input, "--output=" + output};
      String[] arguments = Arrays.copyOf(all, all.length + options.length);
      System.arraycopy(options, 0, arguments, all.length, options.length);
      Run run = Run.gemoclap(arguments);
      assertEquals(0, run.status(), run.err());
    } finally {
      System.setOut(before);
    }
    printed = bytes.toString(StandardCharsets.UTF_8);
  }

  /** Notes and segments of a recording by channel. */
  private Map<Integer, JsonNode> rows(String name) throws IOException {
    Map<Integer, JsonNode> rows = new TreeMap<>();
    for (JsonNode row : Written.jsonLines(output, "recordings-")) {
      if (Written.name(row.get("recording").asText()).equals(name)) {
        rows.put(row.get("channel").asInt(), row);
      }
    }
    return rows;
  }

  private List<String> codes(String name) throws IOException {
    List<String> codes = new ArrayList<>();
    for (JsonNode note : rows(name).get(0).get("notes")) {
      codes.add(note.asText().replaceAll(":.*", ""));
    }
    return codes;
  }

  @Test
  void notesAreInTheRowsInTheSummaryAndOnTheTerminal() throws IOException {
    annotate();
    assertEquals(List.of(), codes("whole.wav"));
    assertEquals(List.of("truncated"), codes("cut.wav"));
    assertEquals(List.of("mix_cancels"), codes("inverted.wav"));
    assertEquals(List.of("several_streams", "silent_channels"), codes("two_streams.mp4"));
    assertTrue(rows("inverted.wav").get(0).get("segments").asInt() > 0);
    assertEquals(0, rows("two_streams.mp4").get(0).get("segments").asInt());
    assertTrue(rows("two_streams.mp4").get(1).get("segments").asInt() > 0);

    JsonNode notes = Written.summary(output).get("notes");
    assertEquals(
        Map.of("truncated", 1, "mix_cancels", 1, "several_streams", 1, "silent_channels", 1),
        counts(notes));
    assertEquals(counts(notes), counts(Written.jsonLines(output, "recordings-")));
    String labelSet = Written.jsonLines(output, "annotations").get(0).get("label_set").asText();
    assertFalse(labelSet.isEmpty());
    for (JsonNode row : Written.jsonLines(output, "recordings-")) {
      boolean scored = row.get("segments").asInt() > 0;
      assertEquals(scored ? labelSet : "", row.get("label_set").asText(), row.toString());
    }
    for (String count : List.of("1 truncated", "1 mix_cancels", "1 several_streams")) {
      assertTrue(printed.contains(count), printed);
    }
  }

  private static Map<String, Integer> counts(JsonNode notes) {
    Map<String, Integer> counts = new TreeMap<>();
    notes.fields().forEachRemaining(note -> counts.put(note.getKey(), note.getValue().asInt()));
    return counts;
  }

  /** Counted anew from the rows, each recording once. */
  private static Map<String, Integer> counts(List<JsonNode> rows) {
    Map<String, Integer> counts = new TreeMap<>();
    for (JsonNode row : rows) {
      if (row.get("channel").asInt() == 0) {
        row.get("notes")
            .forEach(note -> counts.merge(note.asText().replaceAll(":.*", ""), 1, Integer::sum));
      }
    }
    return counts;
  }

  @Test
  void everySplitChannelHasARow() throws IOException {
    annotate("--channels=split", "--stream=loudest");
    assertTrue(rows("right_dead.wav").get(0).get("segments").asInt() > 0);
    assertEquals(0, rows("right_dead.wav").get(1).get("segments").asInt());
    assertEquals("", rows("right_dead.wav").get(1).get("emotion").asText());
    assertTrue(codes("right_dead.wav").contains("silent_channels"));
    assertEquals(2, rows("inverted.wav").size());
    assertEquals(1, rows("two_streams.mp4").size());
    assertTrue(rows("two_streams.mp4").get(0).get("segments").asInt() > 0);
    assertTrue(codes("two_streams.mp4").contains("other_streams"));
  }

  @Test
  void anotherStreamIsRejectedBeforeAnyWork() {
    Run run =
        Run.gemoclap("annotate", "--input=" + archive, "--output=" + output, "--stream=second");
    run.failsWith(2, "--stream must be first, loudest, all or a number from 1, not 'second'");
    assertFalse(Files.exists(output));
  }

  /** Steady noise that begins and ends in a quiet room: voice activity cuts it out. */
  private void writeStepOfNoise(String name) throws IOException {
    Random random = new Random(1);
    float[] samples = new float[12 * 16_000];
    for (int i = 0; i < samples.length; i++) {
      boolean loud = i >= 4 * 16_000 && i < 8 * 16_000;
      samples[i] = (float) ((loud ? 0.03 : 0.001) * random.nextGaussian());
    }
    Files.write(archive.resolve(name), FloatWav.of(16_000, samples));
  }

  @Exhaustive
  @Test
  void aRowWithoutTimesGivesTheSameBesideRowsWithTimes() throws IOException {
    writeStepOfNoise("step.wav");
    Path manifest = archive.resolve("list.csv");
    List<List<String>> outcomes = new ArrayList<>();
    for (String second : List.of("whole.wav,,", "whole.wav,0.2,1.2")) {
      Files.writeString(manifest, "path,start_s,end_s\nstep.wav,,\n" + second + "\n");
      annotate(manifest, "--overwrite");
      List<String> outcome = new ArrayList<>(items("annotations", "segment_id", "step.wav"));
      outcome.addAll(items("failures", "item", "step.wav"));
      outcomes.add(outcome);
    }
    assertEquals(1, outcomes.get(0).size(), outcomes.toString());
    assertEquals(outcomes.get(0), outcomes.get(1));
  }

  /** Items of one recording in the rows of a kind. */
  private List<String> items(String kind, String column, String name) throws IOException {
    return Written.jsonLines(output, kind).stream()
        .filter(row -> Written.name(row.get("recording").asText()).equals(name))
        .map(row -> kind + " " + row.get(column).asText())
        .sorted()
        .toList();
  }

  @Test
  void recordingsThatFailedAndSegmentsWithoutAResultAreToldApart() throws IOException {
    Files.writeString(archive.resolve("letter.wav"), "Dear Sir or Madam, ".repeat(9));
    Path manifest = archive.resolve("list.csv");
    Files.writeString(
        manifest, "path,start_s,end_s\nletter.wav,,\nwhole.wav,0.2,1.2\nwhole.wav,0.5,0.50001\n");
    annotate(manifest);
    String done = "Done: 1 recordings, 1 segments, ";
    String failed = " s of audio; 1 recordings failed, 1 segments without a result";
    List<String> lines =
        printed.lines().filter(line -> line.startsWith(done) && line.endsWith(failed)).toList();
    assertEquals(1, lines.size(), printed);
    assertEquals(1, Written.summary(output).get("failed_recordings").asInt());
    assertEquals(1, Written.summary(output).get("unjudged_segments").asInt());
  }
}
