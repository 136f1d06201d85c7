package io.gemoclap.training.folds;

import com.google.common.collect.Streams;
import io.gemoclap.training.corpus.AudioDigests;
import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a corpus is split, as a word that the command line, reports and bundles share.
 *
 * @param kind the method
 * @param k number of folds, where the method leaves it open; otherwise 0
 * @param file fold file, where the folds are given; otherwise empty
 */
public record FoldScheme(Kind kind, int k, String file) {
  /** What can be written. */
  public static final String FORMS =
      "speaker-pairs, leave-one-speaker-out, leave-one-session-out, speaker-k:<k>, random-k:<k> or"
          + " file:<csv>";

  /** Folds that are suggested where their number is open. */
  private static final int FEW = 5;

  private static final Pattern NUMBERED = Pattern.compile("(speaker-k|random-k):(\\d{1,4})");

  /** Methods of splitting. */
  public enum Kind {
    /** One man and one woman tested in each fold. */
    SPEAKER_PAIRS("speaker-pairs"),
    /** One speaker tested in each fold. */
    LEAVE_ONE_SPEAKER_OUT("leave-one-speaker-out"),
    /** One session tested in each fold. */
    LEAVE_ONE_SESSION_OUT("leave-one-session-out"),
    /** Speakers dealt into k folds that resemble each other. */
    SPEAKER_K("speaker-k"),
    /** Utterances dealt into k folds: speakers are in the training part. */
    RANDOM_K("random-k"),
    /** Folds that a file gives. */
    FILE("file");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }

  /**
   * Reads a scheme.
   *
   * @throws IllegalArgumentException listing the valid forms
   */
  public static FoldScheme parse(String text) {
    Matcher numbered = NUMBERED.matcher(text);
    if (numbered.matches()) {
      int k = Integer.parseInt(numbered.group(2));
      if (k < 2) {
        throw new IllegalArgumentException("'" + text + "' asks for fewer than two folds");
      }
      Kind kind = numbered.group(1).equals("speaker-k") ? Kind.SPEAKER_K : Kind.RANDOM_K;
      return new FoldScheme(kind, k, "");
    }
    if (text.startsWith("file:") && text.length() > "file:".length()) {
      return new FoldScheme(Kind.FILE, 0, text.substring("file:".length()));
    }
    for (Kind kind :
        List.of(Kind.SPEAKER_PAIRS, Kind.LEAVE_ONE_SPEAKER_OUT, Kind.LEAVE_ONE_SESSION_OUT)) {
      if (kind.word.equals(text)) {
        return new FoldScheme(kind, 0, "");
      }
    }
    throw new IllegalArgumentException("folds must be " + FORMS + ", not '" + text + "'");
  }

  /**
   * The schemes that would split a corpus, those that keep speakers apart first, in the form that
   * {@link #parse} reads; empty if there is none.
   *
   * @throws IOException when audio to be compared cannot be read
   */
  public static List<String> fitting(Corpus corpus, double devShare, long seed, AudioDigests audio)
      throws IOException {
    long speakers = corpus.utterances().stream().map(Utterance::speaker).distinct().count();
    Set<String> candidates =
        new LinkedHashSet<>(
            List.of(
                Kind.SPEAKER_PAIRS.word,
                Kind.LEAVE_ONE_SESSION_OUT.word,
                Kind.SPEAKER_K.word + ":" + Math.max(2, Math.min(FEW, speakers)),
                Kind.LEAVE_ONE_SPEAKER_OUT.word,
                Kind.RANDOM_K.word + ":" + FEW,
                Kind.RANDOM_K.word + ":2"));
    List<String> fitting = new ArrayList<>();
    for (String candidate : candidates) {
      try {
        parse(candidate).split(corpus, devShare, seed, audio);
        fitting.add(candidate);
      } catch (IllegalArgumentException e) {
        // This one does not fit.
      }
    }
    return fitting;
  }

  /** What {@link #parse} reads. */
  @Override
  public String toString() {
    return kind.word + (k > 0 ? ":" + k : "") + (file.isEmpty() ? "" : ":" + file);
  }

  /**
   * Splits a corpus and proves that nothing leaks.
   *
   * @param devShare share of the training utterances to choose by, in [0, 1); 0 for no development
   *     part. Whole speakers or sessions are taken where there are enough, whatever the share; a
   *     fold file says itself
   * @param seed decides what is random
   * @throws IllegalArgumentException when the corpus has too few speakers or sessions, a fold lacks
   *     a class, or anything is in two parts, naming it
   * @throws IOException when the fold file, or audio to be compared, cannot be read
   */
  public Folds split(Corpus corpus, double devShare, long seed) throws IOException {
    return split(corpus, devShare, seed, new AudioDigests());
  }

  /**
   * As {@link #split(Corpus, double, long)}.
   *
   * @param audio remembers the digests of the audio that is compared
   */
  public Folds split(Corpus corpus, double devShare, long seed, AudioDigests audio)
      throws IOException {
    boolean unknownSpeakers = corpus.utterances().stream().anyMatch(u -> u.speaker().isEmpty());
    Development development = new Development(devShare, seed);
    List<Fold> folds = new ArrayList<>();
    boolean devShares = false;
    for (Fold fold : folds(corpus, seed)) {
      Development.Part part =
          kind == Kind.FILE
              ? new Development.Part(fold, false)
              : development.split(fold, grouping());
      folds.add(part.fold());
      devShares |= part.sharesSpeakers();
    }
    Folds split =
        new Folds(toString(), kind == Kind.RANDOM_K || unknownSpeakers, devShares, devShare, folds);
    Classes.check(split);
    requireDevelopmentPartsAlike(split);
    LeakGuard.check(split, apart(), audio);
    return split;
  }

  /** All folds of a run must choose epochs in the same way, so that its figures are comparable. */
  private static void requireDevelopmentPartsAlike(Folds split) {
    List<String> without =
        split.folds().stream().filter(fold -> fold.dev().isEmpty()).map(Fold::name).toList();
    boolean asked = split.devShare() > 0 && !split.scheme().startsWith("file:");
    if (!without.isEmpty() && (asked || split.haveDevelopmentPart())) {
      throw new IllegalArgumentException(
          "%s of %s folds have no development part, such as %s; %s"
              .formatted(
                  without.size(),
                  split.folds().size(),
                  without.get(0),
                  asked
                      ? "raise --dev-share, or set it to 0"
                      : "give every fold of the file rows with the part dev, or none of them"));
    }
  }

  private Set<Grouping> apart() {
    return switch (kind) {
      case LEAVE_ONE_SESSION_OUT ->
          EnumSet.of(Grouping.SPEAKER, Grouping.SESSION, Grouping.RECORDING);
      case RANDOM_K -> EnumSet.of(Grouping.RECORDING);
      case SPEAKER_PAIRS, LEAVE_ONE_SPEAKER_OUT, SPEAKER_K, FILE ->
          EnumSet.of(Grouping.SPEAKER, Grouping.RECORDING);
    };
  }

  private Grouping grouping() {
    return switch (kind) {
      case LEAVE_ONE_SESSION_OUT -> Grouping.SESSION;
      case RANDOM_K, FILE -> Grouping.RECORDING;
      case SPEAKER_PAIRS, LEAVE_ONE_SPEAKER_OUT, SPEAKER_K -> Grouping.SPEAKER;
    };
  }

  /** The folds, before a development part is taken out and anything is proven. */
  List<Fold> folds(Corpus corpus, long seed) throws IOException {
    if (kind == Kind.FILE) {
      return FoldFile.read(Path.of(file), corpus);
    }
    SortedMap<String, List<Utterance>> groups = grouping().groups(corpus);
    int needed = Math.max(2, k);
    if (groups.size() < needed) {
      throw new IllegalArgumentException(
          "%s needs at least %s %ss; %s has %s"
              .formatted(
                  this,
                  needed,
                  kind == Kind.RANDOM_K ? "utterance" : grouping().noun(),
                  corpus.name(),
                  groups.size()));
    }
    List<List<String>> parts =
        switch (kind) {
          case SPEAKER_PAIRS -> pairs(corpus);
          case SPEAKER_K, RANDOM_K -> Balance.deal(groups, k, seed);
          case LEAVE_ONE_SPEAKER_OUT, LEAVE_ONE_SESSION_OUT, FILE ->
              groups.keySet().stream().map(List::of).toList();
        };
    List<Fold> folds = new ArrayList<>();
    for (List<String> part : parts) {
      Set<String> held = Set.copyOf(part);
      String name = kind == Kind.RANDOM_K ? "part " + (folds.size() + 1) : String.join("+", part);
      folds.add(
          new Fold(
              name,
              corpus.utterances().stream().filter(u -> !held.contains(grouping().of(u))).toList(),
              corpus.utterances().stream().filter(u -> held.contains(grouping().of(u))).toList()));
    }
    return folds;
  }

  /** One man and one woman for each fold, paired in the order of their ids. */
  private static List<List<String>> pairs(Corpus corpus) {
    List<String> men = speakers(corpus, Gender.MALE);
    List<String> women = speakers(corpus, Gender.FEMALE);
    List<String> others = speakers(corpus, Gender.UNKNOWN);
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "Speaker pairs need every speaker's gender; that of " + others + " is unknown");
    }
    if (men.size() != women.size() || men.size() < 2) {
      throw new IllegalArgumentException(
          "Speaker pairs need as many men as women, two of each at least; %s has %s men and %s women"
              .formatted(corpus.name(), men.size(), women.size()));
    }
    return Streams.zip(men.stream(), women.stream(), List::of).toList();
  }

  private static List<String> speakers(Corpus corpus, Gender gender) {
    return corpus.utterances().stream()
        .filter(utterance -> utterance.gender() == gender)
        .map(Utterance::speaker)
        .distinct()
        .sorted()
        .toList();
  }
}
