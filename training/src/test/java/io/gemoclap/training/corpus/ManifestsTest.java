package io.gemoclap.training.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.audio.segment.Span;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestsTest {
  @TempDir private Path folder;
  private Tree tree;

  @BeforeEach
  void startsATree() throws IOException {
    tree = new Tree(folder).empty("wav/a.wav", "wav/b.wav");
  }

  private Corpus read(String kind, String file) throws IOException {
    return Corpus.read(kind + ":" + tree.path(file));
  }

  private String problems(String kind, String file) throws IOException {
    return Corpus.inspect(kind + ":" + tree.path(file)).problems().toString();
  }

  @Test
  void csvGivesEveryKnownColumn() throws IOException {
    tree.write(
        "calls.csv",
        "path,emotion,speaker,gender,session,language,text,agent",
        "wav/a.wav,Angry,s1,F,day 1,de,\"Nein, danke\",7",
        "wav/b.wav,happy,s2,,,,,");
    Corpus corpus = read("csv", "calls.csv");
    assertEquals("calls", corpus.name());
    assertEquals(List.of("anger", "happiness"), corpus.labels());
    Utterance a = corpus.utterances().get(0);
    assertEquals(
        Utterance.of("wav/a.wav", tree.path("wav/a.wav"))
            .speaker("s1")
            .gender(Gender.FEMALE)
            .session("day 1")
            .language("de")
            .text("Nein, danke")
            .label("Angry", "anger")
            .build(),
        a);
    assertEquals(Gender.UNKNOWN, corpus.utterances().get(1).gender());
  }

  @Test
  void spansOfOneFileShareItsRecording() throws IOException {
    tree.write(
        "calls.csv",
        "path,emotion,start_s,end_s",
        "wav/a.wav,sad,0,1.5",
        "wav/a.wav,fear,1.5,4",
        "wav/b.wav,calm,,");
    List<Utterance> utterances = read("csv", "calls.csv").utterances();
    assertEquals("wav/a.wav#1.5-4", utterances.get(1).id());
    assertEquals(Optional.of(new Span(1.5, 4)), utterances.get(1).span());
    assertEquals(tree.path("wav/a.wav"), utterances.get(0).recording());
    assertEquals(utterances.get(0).recording(), utterances.get(1).recording());
    assertEquals("", utterances.get(2).recording());
  }

  @Test
  void semicolonsAndDecimalCommasAreThoseOfASpreadsheet() throws IOException {
    tree.write("calls.csv", "path;emotion;start_s;end_s", "wav/a.wav;sad;0,5;1,25");
    assertEquals(
        Optional.of(new Span(0.5, 1.25)), read("csv", "calls.csv").utterances().get(0).span());
  }

  @Test
  void aDecimalCommaAmongCommasIsAProblemWithItsRemedy() throws IOException {
    tree.write("calls.csv", "path,emotion,start_s,end_s", "wav/a.wav,sad,\"0,5\",\"1,250\"");
    String all = problems("csv", "calls.csv");
    assertTrue(all.contains("start_s and end_s are '0,5' and '1,250', not seconds such as"), all);
  }

  @Test
  void everyUnusableRowOfACsvIsNamedByLine() throws IOException {
    tree.write(
        "calls.csv",
        "path,emotion,gender,start_s,end_s",
        "wav/a.wav,grumpy,,,",
        "wav/none.wav,sad,,,",
        ",sad,,,",
        "wav/a.wav,,,,",
        "wav/a.wav,sad,x,,",
        "wav/a.wav,sad,,1,",
        "wav/a.wav,sad,,2,1",
        "wav/a.wav,sad,,one,2",
        "wav/a.wav,sad,,,",
        "wav/a.wav,fear,,,");
    String all = problems("csv", "calls.csv");
    for (String expected :
        List.of(
            ":2: unknown label 'grumpy'",
            ":3: the audio file ",
            ":4: the path is missing",
            ":5: wav/a.wav has no label",
            ":6: the gender is 'x'",
            ":7: only one of start_s and end_s is given",
            ":8: Span from 2.0 s to 1.0 s",
            ":9: start_s and end_s are 'one' and '2', not seconds",
            ":11: the id wav/a.wav is already used by ")) {
      assertTrue(all.contains("calls.csv" + expected), expected + " is not in " + all);
    }
    String refusal = assertThrows(IOException.class, () -> read("csv", "calls.csv")).getMessage();
    assertTrue(refusal.contains("has 9 problems: ") && refusal.contains("and 4 more"), refusal);
  }

  @Test
  void ownLabelsStandInAFileBesideTheManifest() throws IOException {
    tree.write("calls.csv", "path,emotion", "wav/a.wav,grumpy", "wav/b.wav,mixed");
    tree.write(
        "labels.json",
        "{\"name\": \"calls\", \"version\": 2, \"source\": \"our guideline\",",
        " \"labels\": {\"grumpy\": \"anger\"}, \"left_out\": {\"mixed\": \"two emotions\"}}");
    Corpus corpus = read("csv", "calls.csv");
    assertEquals("anger", corpus.utterances().get(0).emotion());
    assertEquals(Map.of("mixed", 1), corpus.leftOut());
    assertEquals("calls", corpus.labelMap());
    tree.write("labels.json", "{\"name\": \"calls\"}");
    String message = assertThrows(IOException.class, () -> read("csv", "calls.csv")).getMessage();
    assertTrue(message.contains("labels.json"), message);
  }

  @Test
  void aMissingManifestIsNamed() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> read("csv", "none.csv")).getMessage();
    assertTrue(message.contains("none.csv' does not exist"), message);
  }

  @Test
  void filesOnAnotherFileSystemKeepTheirUri() throws IOException {
    tree.write("calls.csv", "path,emotion", "s3://bucket/x.flac,sad");
    assertEquals("s3://bucket/x.flac", read("csv", "calls.csv").utterances().get(0).uri());
  }

  @Test
  void nemoCutsByOffsetAndUnderstandsItsPlaceholders() throws IOException {
    tree.write(
        "train.json",
        "{\"audio_filepath\": \"wav/a.wav\", \"duration\": 2.5, \"offset\": 1.0, \"emotion\":"
            + " \"<|emo:happy|>\", \"text\": \"-\", \"speaker\": 17, \"lang\": \"en\"}",
        "",
        "{\"audio_filepath\": \"wav/b.wav\", \"duration\": 2.5, \"label\": \"sad\","
            + " \"text\": \"well\", \"offset\": null, \"lhotse_cut_id\": \"c-1\"}",
        "{\"audio_filepath\": \"wav/b.wav\", \"emotion\": \"<|emo:undefined|>\"}",
        "{\"audio_filepath\": \"wav/b.wav\", \"label\": \"infer\"}");
    Corpus corpus = read("nemo", "train.json");
    Utterance first = corpus.utterances().get(0);
    assertEquals(Optional.of(new Span(1, 3.5)), first.span());
    assertEquals("happiness", first.emotion());
    assertEquals("17", first.speaker());
    assertEquals("en", first.language());
    assertEquals("", first.text());
    assertEquals(Optional.empty(), corpus.utterances().get(1).span());
    assertEquals("well", corpus.utterances().get(1).text());
    assertEquals(Map.of("undefined", 1, "infer", 1), corpus.leftOut());
  }

  @Test
  void brokenLinesOfNemoAreNamed() throws IOException {
    tree.write(
        "train.json",
        "{\"audio_filepath\": \"wav/a.wav\"",
        "[1]",
        "{\"audio_filepath\": \"wav/a.wav\", \"emotion\": \"sad\", \"offset\": 1}",
        "{\"audio_filepath\": \"audio_0/x.wav\", \"emotion\": \"sad\", \"shard_id\": 0}",
        "{\"audio_filepath\": \"wav/a.wav\"}");
    String all = problems("nemo", "train.json");
    assertTrue(all.contains("json:1: the line is not JSON: "), all);
    assertTrue(all.contains("json:2: the line is not a JSON object"), all);
    assertTrue(all.contains("json:3: offset and duration are not both numbers"), all);
    assertTrue(all.contains("json:4: the audio file "), all);
    assertTrue(all.contains("json:5: wav/a.wav has no label"), all);
  }

  private static String recording(String id, String source, String more) {
    return "{\"id\": \""
        + id
        + "\", \"sources\": ["
        + source
        + "], \"sampling_rate\": 16000, \"num_samples\": 64000, \"duration\": 4.0"
        + more
        + "}";
  }

  private static String file(String path, String channels) {
    return "{\"type\": \"file\", \"channels\": " + channels + ", \"source\": \"" + path + "\"}";
  }

  private static String supervision(String id, String recording, String start, String more) {
    return "{\"id\": \""
        + id
        + "\", \"recording_id\": \""
        + recording
        + "\", \"start\": "
        + start
        + more
        + "}";
  }

  @Test
  void lhotseSupervisionsAreCutOutOfTheirRecordings() throws IOException {
    Path gz = folder.resolve("calls_recordings_all.jsonl.gz");
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
      out.write(recording("r1", file("wav/a.wav", "[0]"), "").getBytes(StandardCharsets.UTF_8));
    }
    tree.write(
        "calls_supervisions_all.jsonl",
        supervision(
            "u1",
            "r1",
            "1.5",
            ", \"duration\": 2.0, \"channel\": 0, \"speaker\": \"s\", \"gender\": \"male\","
                + " \"text\": \"ja\", \"custom\": {\"emotion\": \"anger\", \"act\": 1},"
                + " \"alignment\": {\"word\": [[\"ja\", 1.5, 0.3, 0.9]]}"),
        supervision(
            "u2",
            "r1",
            "0.0",
            ", \"duration\": 4.0, \"channel\": [0], \"custom\": {\"emotion\": \"sad\"},"
                + " \"alignment\": {\"word\": [{\"symbol\": \"ja\"}]}"));
    for (String spec : List.of("lhotse:" + folder, "lhotse:" + folder + "/")) {
      List<Utterance> utterances = Corpus.read(spec).utterances();
      assertEquals(Optional.of(new Span(1.5, 3.5)), utterances.get(0).span());
      assertEquals(tree.path("wav/a.wav"), utterances.get(0).uri());
      assertEquals("r1", utterances.get(0).recording());
      assertEquals(Gender.MALE, utterances.get(0).gender());
      assertEquals("u2", utterances.get(1).id());
      assertEquals(Optional.empty(), utterances.get(1).span());
    }
  }

  @Test
  void lhotseSourcesThatCannotBeReadAreProblems() throws IOException {
    tree.write(
        "recordings.jsonl",
        recording("shell", "{\"type\": \"command\", \"channels\": [0], \"source\": \"cat x\"}", ""),
        recording("shar", "{\"type\": \"shar\", \"channels\": [0], \"source\": \"\"}", ""),
        recording("two", file("wav/a.wav", "[0]") + "," + file("wav/b.wav", "[1]"), ""),
        recording("stereo", file("wav/a.wav", "[0, 1]"), ""),
        recording("fast", file("wav/a.wav", "[0]"), ", \"transforms\": [{\"name\": \"Speed\"}]"),
        recording("low", file("wav/b.wav", "[0]"), ", \"transforms\": [{\"name\": \"Resample\"}]"));
    String sad = ", \"duration\": 4.0, \"channel\": 0, \"custom\": {\"emotion\": \"sad\"}";
    tree.write(
        "supervisions.jsonl",
        supervision("u1", "shell", "0", sad),
        supervision("u2", "shar", "0", sad),
        supervision("u3", "two", "0", sad),
        supervision("u4", "stereo", "0", sad),
        supervision("u5", "fast", "0", sad),
        supervision("u6", "none", "0", sad),
        supervision("u7", "low", "0", ", \"duration\": 4.0"),
        supervision("u8", "low", "0", sad));
    Corpus corpus = Corpus.inspect("lhotse:" + tree.path("supervisions.jsonl"));
    String all = corpus.problems().toString();
    assertTrue(all.contains(":1: the recording shell is the output of a shell command"), all);
    assertTrue(all.contains(":2: the recording shar has a source of type 'shar'"), all);
    assertTrue(all.contains(":3: the recording two has 2 sources"), all);
    assertTrue(all.contains(":4: u4 is on channel 0 of 2"), all);
    assertTrue(all.contains(":5: the recording fast has transforms"), all);
    assertTrue(all.contains(":6: there is no recording 'none'"), all);
    assertTrue(all.contains(":7: u7 has no label"), all);
    assertEquals(List.of("u8"), corpus.utterances().stream().map(Utterance::id).toList());
  }

  @Test
  void lhotseWithoutRecordingsIsRejected() {
    String message =
        assertThrows(IOException.class, () -> Corpus.read("lhotse:" + folder)).getMessage();
    assertTrue(message.contains("is neither a folder with recordings and supervisions"), message);
  }

  @Test
  void anAudioFolderWithMetadataIgnoresTheNamesOfFolders(@TempDir Path other) throws IOException {
    Tree tree = new Tree(other).empty("train/sad/x.wav", "test/sad/x.wav");
    tree.write("train/metadata.csv", "file_name,emotion,speaker_id", "sad/x.wav,anger,s1");
    tree.write("test/metadata.csv", "file_name,emotion,speaker_id", "sad/x.wav,fear,s2");
    List<Utterance> utterances = Corpus.read("audiofolder:" + other).utterances();
    assertEquals(List.of("fear", "anger"), utterances.stream().map(Utterance::emotion).toList());
    assertEquals(tree.path("test/sad/x.wav"), utterances.get(0).uri());
    assertEquals("s1", utterances.get(1).speaker());
    assertEquals(
        List.of("test/sad/x.wav", "train/sad/x.wav"),
        utterances.stream().map(Utterance::id).toList());
  }

  @Test
  void anAudioFolderMayNameItsColumnOtherwise() throws IOException {
    tree.write(
        "metadata.jsonl",
        "{\"audio_file_name\": \"wav/a.wav\", \"label\": \"sad\", \"transcription\": \"so\"}",
        "{\"file_names\": [\"wav/a.wav\"], \"label\": \"sad\"}");
    Corpus corpus = Corpus.inspect("audiofolder:" + folder);
    assertEquals("so", corpus.utterances().get(0).text());
    String all = corpus.problems().toString();
    assertTrue(all.contains("jsonl:2: which file is meant?"), all);
  }

  @Test
  void anAudioFolderWithoutMetadataTakesTheFoldersAsLabels(@TempDir Path other) throws IOException {
    Tree audio = new Tree(other).empty("train/angry/1.wav", "train/sad/1.wav", "test/sad/2.flac");
    List<Utterance> utterances = Corpus.read("audiofolder:" + other).utterances();
    assertEquals(
        List.of("sadness", "anger", "sadness"),
        utterances.stream().map(Utterance::emotion).toList());
    audio.empty("angry/3.wav");
    String message =
        assertThrows(IOException.class, () -> Corpus.read("audiofolder:" + other)).getMessage();
    assertTrue(message.contains("equally deep"), message);
  }

  @Test
  void whatAnAudioFolderCannotReadIsToldOf() throws IOException {
    tree.write("metadata.csv", "file_name,emotion", "wav/a.wav,sad").empty("more.zip");
    String all = Corpus.inspect("audiofolder:" + folder).problems().toString();
    assertTrue(all.contains("more.zip: is not read"), all);
    tree.write("sub/metadata.jsonl", "{\"file_name\": \"b.wav\"}");
    String message =
        assertThrows(IOException.class, () -> Corpus.read("audiofolder:" + folder)).getMessage();
    assertTrue(message.contains("all of one type, not [metadata.csv, metadata.jsonl]"), message);
  }
}
