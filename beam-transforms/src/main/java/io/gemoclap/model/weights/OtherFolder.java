package io.gemoclap.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Recognises folders that hold a model in a form that cannot be imported, and knows what to do
 * about each: adapters, formats of other frameworks, folders around a model. Stateless.
 */
final class OtherFolder {
  private static final String ADAPTER = "adapter_config.json";
  private static final String CONVERT =
      "convert it in Python with transformers 4: AutoModel.from_pretrained(…, %s=True)"
          + ".save_pretrained(…)";

  /** The form that a lower-case file name indicates; the first match in a folder decides. */
  private enum Form {
    TENSORFLOW(
        "tf_model.*|saved_model\\.pb|.*\\.ckpt\\.index|.*\\.h5",
        "TensorFlow weights",
        CONVERT.formatted("from_tf")),
    FLAX(".*\\.msgpack", "Flax weights", CONVERT.formatted("from_flax")),
    GGUF(".*\\.(gguf|ggml)", "weights in GGUF", "download the model that they were converted from"),
    ONNX(".*\\.onnx", "an ONNX graph", "download the PyTorch model that it was exported from"),
    OPENVINO(
        "openvino_.*", "an OpenVINO graph", "download the PyTorch model that it was exported from"),
    CORE_ML(
        ".*\\.(mlmodel|mlpackage)",
        "a Core ML model",
        "download the PyTorch model that it was converted from"),
    NEMO(".*\\.nemo", "a NeMo archive", "only models of transformers can be imported"),
    DEEPSPEED(
        "zero_to_fp32\\.py|global_step\\d+",
        "a DeepSpeed checkpoint",
        "join its parts first with its zero_to_fp32.py, then save the model with save_pretrained"),
    DISTRIBUTED(
        ".*\\.distcp|pytorch_model_fsdp_\\d+",
        "a distributed checkpoint",
        "join its parts first in Python with torch.distributed.checkpoint.format_utils"
            + ".dcp_to_torch_save"),
    TRAINER_STATE(
        "optimizer\\.(pt|bin)|trainer_state\\.json|scheduler\\.pt|rng_state.*",
        "the state of a training run without its model",
        "save the model with save_pretrained"),
    TORCH(
        ".*\\.(pth|pt|ckpt|bin|tar)",
        "a PyTorch file with another name",
        "if it contains the model's state_dict(), name it pytorch_model.bin, next to config.json;"
            + " a model of fairseq must be converted with transformers' scripts first"),
    SAFETENSORS(
        ".*\\.safetensors",
        "safetensors with another name",
        "name it model.safetensors, next to config.json; shards need their"
            + " model.safetensors.index.json");

    private final String names;
    private final String what;
    private final String remedy;

    Form(String names, String what, String remedy) {
      this.names = names;
      this.what = what;
      this.remedy = remedy;
    }
  }

  private OtherFolder() {}

  /**
   * Returns if the folder holds no PEFT adapter. With one, transformers would load another model,
   * the adapter's base, whatever else is in the folder.
   *
   * @throws IOException naming the adapter's base model and how to merge both
   */
  static void refuseAdapter(Path folder) throws IOException {
    Path config = folder.resolve(ADAPTER);
    if (!Files.exists(config)) {
      return;
    }
    JsonNode json = HuggingFaceFolder.json(config);
    throw new IOException(
        "'%s' contains a %s adapter (%s), not a model; merge it into its base model %sfirst, in Python:"
                .formatted(
                    folder,
                    Excerpt.text(json.path("peft_type").asText("PEFT")),
                    ADAPTER,
                    base(json))
            + " PeftModel.from_pretrained(base, folder).merge_and_unload().save_pretrained(…)");
  }

  private static String base(JsonNode adapter) {
    JsonNode name = adapter.path("base_model_name_or_path");
    return name.isTextual() ? "'" + Excerpt.text(name.asText()) + "' " : "";
  }

  /**
   * What to do about a folder that lacks a file.
   *
   * @param otherwise the advice if the folder's content is not recognised
   */
  static String remedy(Path folder, String otherwise) throws IOException {
    List<Path> content = content(folder);
    List<String> inside =
        content.stream()
            .flatMap(OtherFolder::models)
            .map(model -> "'" + folder.relativize(model) + "'")
            .toList();
    if (!inside.isEmpty()) {
      return "the folder %s inside it has one, so name that"
          .formatted(inside.size() == 1 ? inside.get(0) : "(one of " + Excerpt.names(inside) + ")");
    }
    for (Form form : Form.values()) {
      for (Path file : content) {
        String name = file.getFileName().toString();
        if (name.toLowerCase(Locale.ROOT).matches(form.names)) {
          return "it contains %s ('%s'): %s".formatted(form.what, Excerpt.text(name), form.remedy);
        }
      }
    }
    return otherwise;
  }

  private static List<Path> content(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** The models one or two levels below, as a training run or a download cache has them. */
  private static Stream<Path> models(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> walk = Files.walk(folder, 2)) {
      return walk
          .filter(file -> file.endsWith("config.json"))
          .map(Path::getParent)
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
