package io.gemoclap.training.adapt;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemoclap.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where an adapted model comes from, for its manifest and model card.
 *
 * @param parent the bundle that was adapted
 * @param labels of the adapted model
 * @param clips what it was adapted to
 * @param exemplars how many examples of the parent's training data were repeated
 * @param settings of the adaptation
 * @param judgement of the cross-validation
 * @param adapted whether the weights are adapted, rather than the temperature alone
 */
record Provenance(
    ModelBundle parent,
    List<String> labels,
    List<Clip> clips,
    int exemplars,
    AdaptSettings settings,
    Judgement judgement,
    boolean adapted) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** For the manifest. */
  ObjectNode json() {
    ObjectNode adaptation = JSON.createObjectNode();
    adaptation.put("labels", clips.size());
    adaptation.set("labels_by_emotion", JSON.valueToTree(counts()));
    adaptation.put("groups", groups());
    adaptation.put("weights", adapted ? "adapted" : "the parent's");
    if (adapted) {
      adaptation.put("exemplars", exemplars);
      adaptation.set("settings", JSON.valueToTree(settings));
    }
    if (judgement.heldOut() != null) {
      adaptation.put("parts", judgement.parts());
      adaptation.setAll((ObjectNode) JSON.valueToTree(judgement.heldOut()));
    }
    ObjectNode provenance = JSON.createObjectNode();
    provenance.put("corpus", parent.manifest().provenance().path("corpus").asText(""));
    provenance.set("adaptation", adaptation);
    ObjectNode of = provenance.putObject("parent");
    of.put("id", parent.id());
    of.set("provenance", parent.manifest().provenance());
    return provenance;
  }

  /** The model card. */
  String card() throws IOException {
    Path file = parent.folder().resolve("README.md");
    String before = Files.exists(file) ? Files.readString(file) : "# A model without a card\n";
    return String.format(
        Locale.ROOT,
        """
        # Model card: %s

        Adapted from the model %s, whose card follows, to %d clips of %d speakers or recordings that
        people labelled: %s. Labels: %s.%s
        %s
        Use it for the archive that the clips are from. For other recordings, the parent may be
        better.

        %s
        """,
        adapted ? "an adapted model" : "a model with adapted confidence",
        parent.id(),
        clips.size(),
        groups(),
        counts().entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .collect(Collectors.joining(", ")),
        String.join(", ", labels),
        adapted ? "" : " Only the temperature was adapted: the weights are the parent's.",
        scores(),
        before.replaceAll("(?m)^#", "##"));
  }

  private String scores() {
    Judgement.HeldOut heldOut = judgement.heldOut();
    if (heldOut == null) {
      return "\nNot judged: all clips are of one speaker or recording.\n";
    }
    return String.format(
        Locale.ROOT,
        """

        Cross-validation over these clips in %d parts that share no speaker or recording; all but the
        loss in per cent:

        | | UAR | WAR | calibration error | log loss |
        |---|---|---|---|---|
        | parent | %s |
        | parent, temperature refitted to the other parts | %s |
        | adapted to the other parts | %s |
        """,
        judgement.parts(),
        cells(heldOut.before()),
        cells(heldOut.confidence()),
        cells(heldOut.after()));
  }

  private static String cells(Scores scores) {
    return String.format(
        Locale.ROOT,
        "%.1f | %.1f | %.1f | %.3f",
        100 * scores.uar(),
        100 * scores.war(),
        100 * scores.ece(),
        scores.logLoss());
  }

  private Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    clips.forEach(clip -> counts.merge(clip.label(), 1, Integer::sum));
    return counts;
  }

  private int groups() {
    return (int) clips.stream().map(Clip::group).distinct().count();
  }
}
