package io.gemoclap.training.folds;

import io.gemoclap.training.corpus.AudioDigests;
import io.gemoclap.training.corpus.Utterance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Verifies that no utterance, speaker, session, source recording or identical audio is on two sides
 * of a fold, and that no utterance or audio is tested in two folds. Audio is identical if the
 * SHA-256 digests of its files are.
 */
final class LeakGuard {
  private static final int SHOWN = 5;

  private final AudioDigests audio;
  private final List<String> leaks = new ArrayList<>();

  private LeakGuard(AudioDigests audio) {
    this.audio = audio;
  }

  private record Place(Utterance utterance, String side) {
    @Override
    public String toString() {
      return utterance.id() + " (" + side + ")";
    }
  }

  /**
   * Checks all folds.
   *
   * @param apart groups that must not stand on two sides. Between training and development,
   *     speakers and sessions may where {@link Folds#devSpeakerDependent} says so
   * @param audio remembers the digests of the audio
   * @throws IllegalArgumentException naming the pairs of utterances that leak
   * @throws IOException when audio cannot be read
   */
  static void check(Folds folds, Set<Grouping> apart, AudioDigests audio) throws IOException {
    LeakGuard guard = new LeakGuard(audio);
    Map<String, Place> tested = new HashMap<>();
    for (Fold fold : folds.folds()) {
      for (Grouping grouping : apart) {
        guard.compare(fold, grouping, folds.devSpeakerDependent());
      }
      guard.compareAudio(fold);
      Map<String, Place> own = new LinkedHashMap<>();
      for (Utterance utterance : fold.test()) {
        Place place = new Place(utterance, "tested in fold " + fold.name());
        own.putIfAbsent("utterance " + utterance.id(), place);
        own.putIfAbsent("audio " + audio.of(utterance), place);
      }
      own.forEach((key, place) -> guard.meet(key, place, tested, ""));
    }
    if (!guard.leaks.isEmpty()) {
      int more = guard.leaks.size() - SHOWN;
      throw new IllegalArgumentException(
          "The folds leak: "
              + String.join("; ", guard.leaks.subList(0, Math.min(SHOWN, guard.leaks.size())))
              + (more > 0 ? "; and " + more + " more" : ""));
    }
  }

  private void compare(Fold fold, Grouping grouping, boolean devMayShare) {
    boolean excused = devMayShare && grouping != Grouping.RECORDING;
    Map<String, Place> met = new HashMap<>();
    for (Place place : places(fold)) {
      String key = grouping.of(place.utterance());
      if (!key.isEmpty()) {
        boolean train = excused && place.side().equals("dev");
        meet(
            grouping.noun() + " " + key,
            train ? new Place(place.utterance(), "train") : place,
            met,
            " in fold " + fold.name());
      }
    }
  }

  private void compareAudio(Fold fold) throws IOException {
    Map<String, Place> met = new HashMap<>();
    for (Place place : places(fold)) {
      String where = " in fold " + fold.name();
      meet("utterance " + place.utterance().id(), place, met, where);
      meet("audio " + audio.of(place.utterance()), place, met, where);
    }
  }

  private static List<Place> places(Fold fold) {
    List<Place> places = new ArrayList<>();
    fold.train().forEach(utterance -> places.add(new Place(utterance, "train")));
    fold.dev().forEach(utterance -> places.add(new Place(utterance, "dev")));
    fold.test().forEach(utterance -> places.add(new Place(utterance, "test")));
    return places;
  }

  private void meet(String key, Place place, Map<String, Place> met, String where) {
    Place earlier = met.putIfAbsent(key, place);
    if (earlier != null && !earlier.side().equals(place.side())) {
      leaks.add(key + ": " + earlier + " and " + place + where);
    }
  }
}
