package io.gemoclap.model.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.beam.sdk.annotations.Internal;

/**
 * One name for each weight of an encoder, however a checkpoint spells it.
 *
 * <ol>
 *   <li>The encoder may be part of a larger model. {@link EncoderPrefix} finds the prefix of its
 *       names; tensors with other names belong to that model and are left out, except those that
 *       the encoder declares and does not have below the prefix, such as {@code layer_weights}.
 *   <li>Weight norm is spelt as PyTorch 2 does: {@code weight_g} and {@code weight_v} become {@code
 *       parametrizations.weight.original0} and {@code original1}, and so does a weight without
 *       factors ({@link FoldedWeightNorm}). A layer norm's {@code gamma} and {@code beta} become
 *       {@code weight} and {@code bias}. The parts that PyTorch's own wrappers add to names are cut
 *       out.
 *   <li>Without a prefix, what no encoder uses is left out, unless the encoder declares it: task
 *       heads such as {@code lm_head}, {@code classifier} or {@code pooler}; the parts that only
 *       pretraining uses, such as {@code quantizer}, {@code project_q} and {@code
 *       masked_spec_embed}; the counters {@code position_ids} and {@code token_type_ids}.
 * </ol>
 *
 * <p>Everything else keeps its name, so that the loader can reject it as surplus.
 *
 * @hidden
 */
@Internal
public final class TensorNames {
  private static final Pattern UNUSED =
      Pattern.compile(
          "(lm_head|classifier|projector|qa_outputs|pooler|tdnn|objective|quantizer|project_hid"
              + "|project_q|final_proj)\\..*|layer_weights|masked_spec_embed|label_embs_concat"
              + "|(.*\\.)?(position_ids|token_type_ids)");

  private TensorNames() {}

  /**
   * A view of a checkpoint under canonical names. Closing it closes the checkpoint.
   *
   * @param prefix as {@link EncoderPrefix} finds it; may be empty
   * @param declared what the encoder has, which is never left out
   * @throws IllegalArgumentException when two tensors are two spellings of one
   */
  public static Weights canonical(Weights checkpoint, String prefix, Set<String> declared) {
    Map<String, LinkedWeights.Place> places = new LinkedHashMap<>();
    for (String name : checkpoint.names()) {
      String spelt = spelling(name);
      if (spelt.startsWith(prefix)) {
        String canonical = spelt.substring(prefix.length());
        if (declared.contains(canonical) || !UNUSED.matcher(canonical).matches()) {
          put(places, canonical, new LinkedWeights.Place(checkpoint, name));
        }
      }
    }
    for (String name : checkpoint.names()) {
      beside(spelling(name), prefix, declared)
          .ifPresent(
              beside -> places.putIfAbsent(beside, new LinkedWeights.Place(checkpoint, name)));
    }
    return FoldedWeightNorm.unfold(new LinkedWeights(places, List.of(checkpoint)), declared);
  }

  private static void put(
      Map<String, LinkedWeights.Place> places, String name, LinkedWeights.Place place) {
    LinkedWeights.Place other = places.put(name, place);
    if (other != null) {
      throw new IllegalArgumentException(
          "The tensors %s and %s are two spellings of %s; remove one of them"
              .formatted(other.name(), place.name(), name));
    }
  }

  /** A declared name that a tensor has in a model around the encoder, if any. */
  private static Optional<String> beside(String name, String prefix, Set<String> declared) {
    int cut = name.lastIndexOf('.') + 1;
    String last = name.substring(cut);
    boolean around = cut < prefix.length() && prefix.startsWith(name.substring(0, cut));
    return around && declared.contains(last) ? Optional.of(last) : Optional.empty();
  }

  /** A name as PyTorch 2 spells it. */
  static String spelling(String name) {
    return name.replaceAll(
            "(^|\\.)(?:(?:_orig_mod|_fsdp_wrapped_module|_checkpoint_wrapped_module)\\.)+", "$1")
        .replaceFirst("(^|\\.)weight_g$", "$1parametrizations.weight.original0")
        .replaceFirst("(^|\\.)weight_v$", "$1parametrizations.weight.original1")
        .replaceFirst("(?<=LayerNorm\\.)gamma$", "weight")
        .replaceFirst("(?<=LayerNorm\\.)beta$", "bias");
  }
}
