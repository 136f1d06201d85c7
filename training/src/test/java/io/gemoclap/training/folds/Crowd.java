package io.gemoclap.training.folds;

import io.gemoclap.training.corpus.Corpus;
import io.gemoclap.training.corpus.Utterance;
import io.gemoclap.training.corpus.Utterance.Gender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A corpus of invented speakers: odd ones are men, and the files differ. */
record Crowd(Path folder, List<Utterance> utterances) {
  static final List<String> LABELS = List.of("anger", "neutral", "sadness");

  Crowd(Path folder) {
    this(folder, new ArrayList<>());
  }

  /** Speakers 1 to n, each with {@code each} utterances of every label, two speakers a session. */
  static Crowd of(Path folder, int speakers, int each) throws IOException {
    Crowd crowd = new Crowd(folder);
    for (int speaker = 1; speaker <= speakers; speaker++) {
      for (String label : LABELS) {
        for (int i = 0; i < each; i++) {
          crowd.add(speaker, label, "");
        }
      }
    }
    return crowd;
  }

  Crowd add(int speaker, String label, String recording) throws IOException {
    String id = "u" + (1000 + utterances.size());
    Path file = Files.writeString(folder.resolve(id + ".wav"), id);
    utterances.add(
        Utterance.of(id, file.toString())
            .speaker(speaker == 0 ? "" : "s" + (100 + speaker))
            .session(speaker == 0 ? "" : "day" + (speaker + 1) / 2)
            .gender(speaker % 2 == 1 ? Gender.MALE : Gender.FEMALE)
            .label(label, label)
            .recording(recording)
            .build());
    return this;
  }

  Corpus corpus() {
    return new Corpus("crowd", LABELS, utterances);
  }

  static Set<String> speakers(List<Utterance> part) {
    Set<String> speakers = new TreeSet<>();
    part.forEach(utterance -> speakers.add(utterance.speaker()));
    return speakers;
  }
}
