package io.gemoclap.model.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One name for each weight, however a checkpoint spells it.
 *
 * <ol>
 *   <li>A task model keeps its encoder below a prefix ({@code wavlm.}, {@code roberta.}, …), which
 *       is cut off.
 *   <li>Weight norm is spelt as PyTorch 2 does: {@code weight_g} and {@code weight_v} become {@code
 *       parametrizations.weight.original0} and {@code original1}; a layer norm's {@code gamma} and
 *       {@code beta} become {@code weight} and {@code bias}.
 *   <li>What no encoder uses is left out, unless the encoder declares it: the task heads {@code
 *       lm_head}, {@code classifier}, {@code projector}, {@code qa_outputs}, {@code pooler}, {@code
 *       tdnn}, {@code objective}, {@code layer_weights}; the parts that only pretraining uses,
 *       {@code quantizer}, {@code project_hid}, {@code project_q}, {@code masked_spec_embed}; the
 *       counters {@code position_ids} and {@code token_type_ids}. In a task model, also anything
 *       beside the encoder called {@code feature_extractor}, a layer of its speaker heads.
 * </ol>
 *
 * <p>Everything else keeps its name, so that whoever loads it can refuse it as surplus.
 */
public final class TensorNames {
  private static final List<String> PREFIXES =
      List.of("wav2vec2.", "hubert.", "wavlm.", "data2vec_audio.", "roberta.", "xlm_roberta.");

  private static final Pattern UNUSED =
      Pattern.compile(
          "(lm_head|classifier|projector|qa_outputs|pooler|tdnn|objective|quantizer|project_hid"
              + "|project_q)\\..*|layer_weights|masked_spec_embed"
              + "|(.*\\.)?(position_ids|token_type_ids)");

  private static final Pattern SPEAKER_HEAD = Pattern.compile("feature_extractor\\.(weight|bias)");

  private TensorNames() {}

  /**
   * A view of a checkpoint under canonical names. Closing it closes the checkpoint.
   *
   * @param declared what the encoder has, which is never left out
   * @throws IllegalArgumentException when two tensors are two spellings of one
   */
  public static Checkpoint canonical(Checkpoint checkpoint, Set<String> declared) {
    String prefix = prefix(checkpoint.names());
    Map<String, LinkedCheckpoint.Place> places = new LinkedHashMap<>();
    for (String name : checkpoint.names()) {
      boolean encoder = name.startsWith(prefix);
      String canonical = spelling(encoder ? name.substring(prefix.length()) : name);
      if (!declared.contains(canonical) && unused(canonical, encoder)) {
        continue;
      }
      LinkedCheckpoint.Place other =
          places.put(canonical, new LinkedCheckpoint.Place(checkpoint, name));
      if (other != null) {
        throw new IllegalArgumentException(
            "The tensors %s and %s are two spellings of %s; one of them must go"
                .formatted(other.name(), name, canonical));
      }
    }
    return new LinkedCheckpoint(places, List.of(checkpoint));
  }

  private static String prefix(Set<String> names) {
    return PREFIXES.stream()
        .filter(prefix -> names.stream().anyMatch(name -> name.startsWith(prefix)))
        .findFirst()
        .orElse("");
  }

  private static boolean unused(String name, boolean encoder) {
    return UNUSED.matcher(name).matches() || (!encoder && SPEAKER_HEAD.matcher(name).matches());
  }

  private static String spelling(String name) {
    return name.replaceFirst("(^|\\.)weight_g$", "$1parametrizations.weight.original0")
        .replaceFirst("(^|\\.)weight_v$", "$1parametrizations.weight.original1")
        .replaceFirst("(?<=LayerNorm\\.)gamma$", "weight")
        .replaceFirst("(?<=LayerNorm\\.)beta$", "bias");
  }
}
