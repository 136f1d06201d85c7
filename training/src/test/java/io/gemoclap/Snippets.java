package io.gemoclap;

import io.gemoclap.audio.SpeechSegment;
import io.gemoclap.embed.SpeechEmbedding;
import io.gemoclap.failure.Failure;
import io.gemoclap.features.SpeechFeatures;
import io.gemoclap.score.EmotionScores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Pipelines in YAML and Python, compared with our schema transforms: what is wrong with them. */
final class Snippets {
  private static final String JAR = "beam-transforms/target/gemoclap-expansion.jar";
  private static final Map<String, Class<?>> RESULTS =
      Map.of(
          "annotate", EmotionScores.class,
          "decode", SpeechSegment.class,
          "features", SpeechFeatures.class,
          "embed", SpeechEmbedding.class,
          "score", EmotionScores.class,
          "rescore", EmotionScores.class);
  private static final Set<String> OF_BEAM =
      Set.of("identifier", "expansion_service", "rearrange_based_on_discovery");

  private static final Pattern CALL =
      Pattern.compile(
          "(?ms)(\\w+) = \\{\"input\": .*?SchemaAwareExternalTransform\\((.*?)^    \\)");
  private static final Pattern ARGUMENT = Pattern.compile("(?m)^\\s+(\\w+)=(.*),$");
  private static final Pattern OUTPUT =
      Pattern.compile("(?ms)(\\w+)\\[\"(\\w+)\"\\](.*?)(?=^\\s+\\w+\\[\"|\\z)");
  private static final Pattern FIELD = Pattern.compile("row\\.(\\w+)");

  private Snippets() {}

  /** Our transforms by their identifiers. */
  static Map<String, SchemaTransformProvider> providers() {
    Map<String, SchemaTransformProvider> providers = new TreeMap<>();
    for (SchemaTransformProvider provider : ServiceLoader.load(SchemaTransformProvider.class)) {
      if (provider.identifier().contains("gemoclap")) {
        providers.put(provider.identifier(), provider);
      }
    }
    return providers;
  }

  /** What is wrong with a pipeline of Beam YAML. */
  static List<String> problemsOfYaml(String yaml) {
    List<String> problems = new ArrayList<>();
    Map<?, ?> document = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(yaml);
    Map<String, SchemaTransformProvider> types = new HashMap<>();
    for (Object each : (List<?>) document.get("providers")) {
      Map<?, ?> source = (Map<?, ?>) each;
      check(problems, JAR.equals(at(source, "config", "jar")), "jar of " + source);
      ((Map<?, ?>) source.get("transforms"))
          .forEach(
              (type, identifier) -> {
                SchemaTransformProvider provider = providers().get(String.valueOf(identifier));
                check(problems, provider != null, "identifier " + identifier);
                types.put(type.toString(), provider);
              });
    }
    Map<String, SchemaTransformProvider> steps = new HashMap<>();
    for (Object each : (List<?>) at(document, "pipeline", "transforms")) {
      Map<?, ?> step = (Map<?, ?>) each;
      String type = step.get("type").toString();
      String name = step.containsKey("name") ? step.get("name").toString() : type;
      Map<?, ?> config = step.get("config") instanceof Map<?, ?> map ? map : Map.of();
      String input = String.valueOf(step.get("input"));
      SchemaTransformProvider source = steps.get(input.replaceFirst("\\..*", ""));
      if (source != null) {
        String output = input.replaceFirst("[^.]*\\.?", "");
        check(problems, source.outputCollectionNames().contains(output), "output " + input);
        if (config.get("fields") instanceof Map<?, ?> fields) {
          fields
              .values()
              .forEach(
                  field ->
                      check(
                          problems,
                          fields(source, output).contains(field.toString()),
                          "field " + field));
        }
      }
      check(problems, !input.contains(".") || source != null, "input " + input);
      SchemaTransformProvider provider = types.get(type);
      if (provider != null) {
        steps.put(name, provider);
        config.forEach((key, value) -> check(problems, provider, key.toString(), value));
      }
    }
    check(problems, steps.size() == types.size(), "types that no step has, of " + types.keySet());
    return problems;
  }

  /** What is wrong with a pipeline of the Python SDK. */
  static List<String> problemsOfPython(String python) {
    List<String> problems = new ArrayList<>();
    Map<String, SchemaTransformProvider> steps = new HashMap<>();
    check(problems, python.contains("(\"" + JAR + "\")"), "jar");
    Matcher call = CALL.matcher(python);
    while (call.find()) {
      Map<String, String> arguments = new HashMap<>();
      Matcher argument = ARGUMENT.matcher(call.group(2));
      while (argument.find()) {
        arguments.put(argument.group(1), argument.group(2));
      }
      String identifier = arguments.get("identifier").replace("\"", "");
      SchemaTransformProvider provider = providers().get(identifier);
      check(problems, provider != null, "identifier " + identifier);
      if (provider != null) {
        steps.put(call.group(1), provider);
        arguments.keySet().removeAll(OF_BEAM);
        arguments.forEach((key, value) -> check(problems, provider, key, pythonValue(value)));
      }
    }
    check(problems, !steps.isEmpty(), "a transform of ours is missing");
    Matcher output = OUTPUT.matcher(python);
    while (output.find()) {
      SchemaTransformProvider step = steps.get(output.group(1));
      String name = output.group(2);
      if (step == null || !step.outputCollectionNames().contains(name)) {
        problems.add("output " + output.group(1) + "." + name);
        continue;
      }
      Matcher field = FIELD.matcher(output.group(3));
      while (field.find()) {
        check(problems, fields(step, name).contains(field.group(1)), "field " + field.group(1));
      }
    }
    return problems;
  }

  private static Object pythonValue(String value) {
    return new Load(LoadSettings.builder().build()).loadFromString(value);
  }

  private static void check(
      List<String> problems, SchemaTransformProvider provider, String setting, Object value) {
    Schema schema = provider.configurationSchema();
    if (!schema.hasField(setting)) {
      problems.add("setting " + setting);
      return;
    }
    boolean fits =
        switch (schema.getField(setting).getType().getTypeName()) {
          case STRING -> value instanceof String;
          case INT32 -> value instanceof Integer;
          case DOUBLE -> value instanceof Number;
          case BOOLEAN -> value instanceof Boolean;
          case ARRAY -> value instanceof List<?>;
          default -> false;
        };
    check(problems, fits, "value of " + setting + ": " + value);
  }

  private static List<String> fields(SchemaTransformProvider provider, String output) {
    String name = provider.identifier().replaceAll(".*gemoclap:|:v1", "");
    Class<?> type = output.equals("rows") ? RESULTS.get(name) : Failure.class;
    try {
      return SchemaRegistry.createDefault().getSchema(type).getFieldNames();
    } catch (NoSuchSchemaException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object at(Map<?, ?> map, String key, String inner) {
    return ((Map<?, ?>) map.get(key)).get(inner);
  }

  private static void check(List<String> problems, boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
