package io.gemoclap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.junit.jupiter.api.Test;

/** docs/languages.md, compared with the schema transforms. */
final class LanguagesPageTest {
  private static final String PAGE = "docs/languages.md";

  private static List<String> snippets(String language) throws IOException {
    List<String> snippets = new ArrayList<>();
    Matcher fenced =
        Pattern.compile("(?ms)^```" + language + "\n(.*?)^```")
            .matcher(Files.readString(Markdown.root().resolve(PAGE)));
    while (fenced.find()) {
      snippets.add(fenced.group(1));
    }
    return snippets;
  }

  @Test
  void snippetsFitTheTransforms() throws IOException {
    List<String> yaml = snippets("yaml");
    List<String> python = snippets("python");
    assertEquals(2, yaml.size());
    assertEquals(1, python.size());
    yaml.forEach(each -> assertEquals(List.of(), Snippets.problemsOfYaml(each), each));
    python.forEach(each -> assertEquals(List.of(), Snippets.problemsOfPython(each), each));
  }

  @Test
  void mistakesInYamlAreFound() throws IOException {
    String yaml = snippets("yaml").get(0);
    Map<String, String> mistakes =
        Map.of(
            "normalize:", "setting normalise",
            "top_k: 2", "value of top_k: two",
            "Annotate.rows", "output Annotate.scores",
            "Annotate.failures", "input Annotated.failures",
            "segment: segmentId", "field segment_id",
            "annotate:v1", "identifier beam:schematransform:io.gemoclap:annotate:v2",
            "gemoclap-expansion.jar", "jar of");
    Map<String, String> wrong =
        Map.of(
            "normalize:", "normalise:",
            "top_k: 2", "top_k: two",
            "Annotate.rows", "Annotate.scores",
            "Annotate.failures", "Annotated.failures",
            "segment: segmentId", "segment: segment_id",
            "annotate:v1", "annotate:v2",
            "gemoclap-expansion.jar", "gemoclap.jar");
    mistakes.forEach(
        (right, problem) -> {
          List<String> found = Snippets.problemsOfYaml(yaml.replace(right, wrong.get(right)));
          assertTrue(found.stream().anyMatch(p -> p.startsWith(problem)), right + ": " + found);
        });
  }

  @Test
  void mistakesInPythonAreFound() throws IOException {
    String python = snippets("python").get(0);
    Map<String, String> wrong =
        Map.of(
            "top_k=1", "k=1",
            "annotated[\"rows\"]", "annotated[\"scores\"]",
            "row.emotion", "row.mood",
            "row.item", "row.segmentId",
            "labels=[\"angry\", \"calm\"]", "labels=\"angry\"",
            "annotate:v1", "annotation:v1");
    wrong.forEach(
        (right, mistake) -> {
          List<String> found = Snippets.problemsOfPython(python.replace(right, mistake));
          assertTrue(!found.isEmpty(), right + " became " + mistake);
        });
  }

  @Test
  void theTableListsEverySetting() throws IOException {
    Map<String, TreeSet<String>> transforms = new TreeMap<>();
    Map<String, String> meanings = new TreeMap<>();
    for (SchemaTransformProvider provider : Snippets.providers().values()) {
      for (Schema.Field field : provider.configurationSchema().getFields()) {
        String meaning = type(field.getType()) + " | " + field.getDescription();
        String other = meanings.putIfAbsent(field.getName(), meaning);
        assertTrue(other == null || other.equals(meaning), field.getName());
        transforms
            .computeIfAbsent(field.getName(), name -> new TreeSet<>())
            .add(provider.identifier().replaceAll(".*gemoclap:|:v1", ""));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add("| setting | of | type | meaning |");
    lines.add("|---|---|---|---|");
    transforms.forEach(
        (name, of) ->
            lines.add(
                "| `%s` | %s | %s |"
                    .formatted(
                        name,
                        String.join(", ", of),
                        meanings.get(name).replace("<", "&lt;").replace(">", "&gt;"))));
    GeneratedSection.check(PAGE, "settings", lines);
  }

  private static String type(Schema.FieldType type) {
    return switch (type.getTypeName()) {
      case STRING -> "string";
      case INT32 -> "integer";
      case DOUBLE -> "number";
      case BOOLEAN -> "boolean";
      case ARRAY -> "list of strings";
      default -> throw new IllegalStateException("No name for " + type);
    };
  }
}
