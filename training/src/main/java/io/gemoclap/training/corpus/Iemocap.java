package io.gemoclap.training.corpus;

import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * IEMOCAP, the Interactive Emotional Dyadic Motion Capture database (Busso et al. 2008), under a
 * licence of the University of Southern California: about twelve hours of English dialogues,
 * improvised and scripted, of five men and five women in five sessions of two.
 *
 * <p>Labels are the codes in {@code SessionN/dialog/EmoEvaluation/<dialog>.txt}, on the lines that
 * begin with a bracket. Label map {@code iemocap-4}: excited is merged into happy, {@code xxx} (the
 * raters' votes have no majority; ties are among these) and the other codes are left out. On the
 * whole corpus that leaves 5,531 utterances: 1,708 neutral, 1,636 happy or excited, 1,103 angry,
 * 1,084 sad. The code is taken as it is; votes are what the raters ({@code C-E1} and so on) named,
 * without the actors' own ratings ({@code C-F1}, {@code C-M1}), and decide nothing.
 *
 * <p>Oddities: the speaker is the letter of the turn ({@code F} in {@code _F000}) in its session,
 * not that in {@code Ses01F}, which tells who wore the motion capture markers. A turn's dialogue is
 * its name without the last five characters. Both speakers of a dialogue have a microphone each, so
 * the source recording is the dialogue together with the speaker. Folders inside EmoEvaluation hold
 * single raters' sheets and are not read; neither are files that macOS leaves behind ({@code ._*}).
 */
final class Iemocap {
  private static final int SESSIONS = 5;

  /** Where a session keeps the audio of whole dialogues. */
  private static final Pattern DIALOGUE = Pattern.compile("Session[1-5].dialog.wav.[^/\\\\]+");

  private static final Pattern TURN =
      Pattern.compile("\\[\\d+\\.\\d+\\s*-\\s*\\d+\\.\\d+\\]\\s+(\\S+)\\s+(\\S+)\\s+\\[.*\\]\\s*");
  private static final Pattern NAME = Pattern.compile("(Ses0[1-5])[FM]_(\\w+)_([FM])\\w{3}");
  private static final Pattern RATER = Pattern.compile("C-E\\d+:\\s*([^(]*)(\\(.*)?");
  private static final Pattern TRANSCRIPT = Pattern.compile("(Ses\\w+)\\s*\\[[^\\]]*\\]:\\s*(.*)");

  private final Reading reading = new Reading("iemocap", LabelMap.load("iemocap-4"));

  private int sessionsRead;

  private Iemocap() {}

  static Corpus read(Path folder) throws IOException {
    Path release = folder.resolve("IEMOCAP_full_release");
    Path root = Files.isDirectory(release) ? release : folder;
    Iemocap corpus = new Iemocap();
    for (int number = 1; number <= SESSIONS; number++) {
      corpus.readSession(root.resolve("Session" + number));
    }
    if (corpus.sessionsRead == 0) {
      throw new IOException(
          "'%s' has no label file (such as Session1/dialog/EmoEvaluation/Ses01F_impro01.txt)"
              .formatted(folder));
    }
    corpus.requireAllAudio(root);
    return corpus.reading.corpus();
  }

  private void readSession(Path session) throws IOException {
    List<Path> sheets =
        list(session.resolve("dialog").resolve("EmoEvaluation")).stream()
            .filter(file -> file.getFileName().toString().matches("Ses.*\\.txt"))
            .toList();
    if (sheets.isEmpty()) {
      reading.problem(
          session.toString(), 0, "the session is absent or has no dialog/EmoEvaluation/Ses*.txt");
      return;
    }
    sessionsRead++;
    for (Path sheet : sheets) {
      readDialogue(session, sheet);
    }
  }

  private void requireAllAudio(Path root) throws IOException {
    List<Path> turns = new ArrayList<>();
    for (Path file : NamedFiles.audio(root)) {
      if (DIALOGUE.matcher(root.relativize(file).toString()).matches()) {
        reading.leaveOut("audio of a whole dialogue");
      } else {
        turns.add(file);
      }
    }
    reading.requireDescribed(turns, "EmoEvaluation has no line for this audio file");
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private void readDialogue(Path session, Path file) throws IOException {
    Map<String, String> texts =
        transcripts(
            session.resolve("dialog").resolve("transcriptions").resolve(file.getFileName()));
    Turn turn = null;
    long line = 0;
    for (String text : Location.text(file.toString()).lines().toList()) {
      line++;
      Matcher rater = RATER.matcher(text);
      if (text.startsWith("[")) {
        add(turn, session, file, texts);
        turn = turn(text, file, line);
      } else if (turn != null && rater.matches()) {
        for (String vote : rater.group(1).split(";", -1)) {
          if (!vote.isBlank()) {
            turn.votes.merge(vote.strip().toLowerCase(Locale.ROOT), 1, Integer::sum);
          }
        }
      }
    }
    add(turn, session, file, texts);
  }

  /** A turn with the votes that stand below it. */
  private record Turn(Matcher name, String code, long line, Map<String, Integer> votes) {}

  private Turn turn(String text, Path file, long line) {
    Matcher turn = TURN.matcher(text);
    if (turn.matches()) {
      Matcher name = NAME.matcher(turn.group(1));
      if (name.matches()) {
        return new Turn(name, turn.group(2), line, new TreeMap<>());
      }
    }
    reading.problem(
        file.toString(),
        line,
        "the line is not of the form [start - end] Ses01F_impro01_F000 code [val, act, dom]");
    return null;
  }

  private void add(Turn turn, Path session, Path file, Map<String, String> texts) {
    if (turn == null) {
      return;
    }
    String id = turn.name.group();
    String dialogue = id.substring(0, id.length() - 5);
    String letter = turn.name.group(3);
    Path wav = session.resolve("sentences").resolve("wav").resolve(dialogue).resolve(id + ".wav");
    String script = turn.name.group(2);
    reading.add(
        Utterance.of(id, wav.toString())
            .speaker(turn.name.group(1) + letter)
            .session(session.getFileName().toString())
            .gender(letter.equals("F") ? Gender.FEMALE : Gender.MALE)
            .language("en")
            .text(texts.getOrDefault(id, ""))
            .votes(turn.votes)
            .manner(script.startsWith("impro") ? "improvised" : "scripted")
            .recording(dialogue + "_" + letter),
        turn.code,
        file.toString(),
        turn.line);
  }

  private static Map<String, String> transcripts(Path file) throws IOException {
    Map<String, String> texts = new HashMap<>();
    if (Files.exists(file)) {
      for (String line : Location.text(file.toString()).lines().toList()) {
        Matcher matcher = TRANSCRIPT.matcher(line);
        if (matcher.matches()) {
          texts.put(matcher.group(1), matcher.group(2).strip());
        }
      }
    }
    return texts;
  }
}
