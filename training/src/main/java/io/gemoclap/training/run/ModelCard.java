package io.gemoclap.training.run;

import io.gemoclap.features.Normalization;
import io.gemoclap.model.ModelManifest;
import io.gemoclap.training.fit.TrainConfig;
import java.util.Locale;

/** The model card of a bundle: description, accuracy and unsuitable uses. */
record ModelCard(RunIdentity identity, ModelManifest manifest, Calibrated figures) {
  private static final String FROM_SCRATCH =
      """
      # Model card: compact GEmo-CLAP, trained on %s

      A starting point, not a product: two small towers (speech and text) trained from scratch on
      %d acted utterances. It tells acted emotions of unknown speakers of the same corpus apart;
      spontaneous, far-field, noisy or non-German speech is another matter, and a model trained on
      one corpus usually loses about half of its advantage on other people's recordings.

      - **Data:** %s, all speakers; licence in the repository's NOTICE. No other speech, no
        pretrained weights.
      - **Method:** %s objective of GEmo-CLAP (arXiv 2306.07848), alpha %s, targets %s, prompts
        %s; audio tower "%s", text tower a two-layer RoBERTa over bytes.
      """;

  private static final String FINE_TUNED =
      """
      # Model card: GEmo-CLAP, fine-tuned on %s

      Pretrained towers (speech and text) fine-tuned on %d utterances. Figures hold for unknown
      speakers of the same corpus; other recordings are another matter.

      - **Data:** %s, all speakers, and whatever the pretrained towers were trained on.
      - **Method:** %s objective of GEmo-CLAP (arXiv 2306.07848), alpha %s, targets %s, prompts
        %s; audio tower "%s"
      """;

  private static final String WORDS =
      """

      The text tower knows some thousand English words for feelings and some hundred German ones. A
      word that it never met is understood only if its stem resembles one of them: prefer the labels
      above and their common synonyms in English or German.
      """;

  String text() {
    Synonyms.Language english = figures.synonyms().languages().get("en");
    Synonyms.Language german = figures.synonyms().languages().get("de");
    return introduction()
        + String.format(
            Locale.ROOT,
            """
            %s- **Labels:** %s.
            - **Licence of the weights:** %s.

            ## Scores

            Cross-validation with speakers that the judging model never heard, predictions pooled over
            %d utterances, %s.

            | figure | value |
            |---|---|
            | weighted average recall (WAR) | %.1f %% |
            | unweighted average recall (UAR) | %.1f %% |
            | macro F1 | %.1f %% |
            | gender, zero-shot from the same embedding | %.1f %% |
            | expected calibration error before | %.3f |
            | expected calibration error at temperature %.3f, fitted on other folds | %.3f |
            | synonyms used in training nearest to their own label | %.1f %% |
            | English synonyms held out from training nearest to their own label | %.1f %% |
            | German synonyms held out from training nearest to their own label | %.1f %% |
            | UAR when all labels are replaced by held-out English synonyms | %.1f %% |
            | UAR when all labels are replaced by held-out German synonyms | %.1f %% |
            %s
            ## Not for

            Decisions about people: hiring, policing, credit, diagnosis, lie detection. How a voice
            sounds is not what a person feels. Groups that are missing from the data (children, the
            elderly, other languages) were never tested.
            """,
            normalization(),
            String.join(", ", identity.corpus().labels()),
            manifest.licence(),
            figures.utterances(),
            figures.checkpointChoice(),
            100 * figures.war(),
            100 * figures.uar(),
            100 * figures.macroF1(),
            100 * figures.genderAccuracy(),
            figures.eceBefore(),
            figures.temperature(),
            figures.eceAfter(),
            100 * figures.synonyms().known(),
            100 * english.heldOut(),
            100 * german.heldOut(),
            100 * english.uar(),
            100 * german.uar(),
            identity.pretrained() == null ? WORDS : "");
  }

  private String introduction() {
    TrainConfig.Objective objective = identity.config().objective();
    Integer layers = identity.config().topLayers();
    String corpus = identity.corpus().name();
    String learned =
        String.format(
            Locale.ROOT,
            identity.pretrained() == null ? FROM_SCRATCH : FINE_TUNED,
            corpus,
            figures.utterances(),
            corpus,
            objective.variant(),
            objective.alpha(),
            objective.targets().name().toLowerCase(Locale.ROOT),
            objective.prompts().name().toLowerCase(Locale.ROOT),
            manifest.audioEncoder());
    if (identity.pretrained() == null) {
      return learned;
    }
    String trained =
        layers == null
            ? "all weights trained"
            : layers == 0 ? "only heads trained" : "top " + layers + " layers trained";
    return learned + "  of bundle " + identity.pretrained() + ", " + trained + ".\n";
  }

  private String normalization() {
    if (identity.normalize() == Normalization.NONE) {
      return "";
    }
    if (identity.normalize() == Normalization.AUTO) {
      return """
      - **Normalisation:** features standardised by every level that is known: training corpus,
        archive (weight of the corpus: %s segments), recording or speaker (weight of the level
        above: %s). Gender is scored from features that only the corpus standardises.
      """
          .formatted(identity.archiveWeight(), identity.priorWeight());
    }
    return """
    - **Normalisation:** features standardised within each %s, prior weight %s. Made for voices of
      which about ten segments or more are known; a few are better served by a model without.
    """
        .formatted(identity.normalize(), identity.priorWeight());
  }
}
