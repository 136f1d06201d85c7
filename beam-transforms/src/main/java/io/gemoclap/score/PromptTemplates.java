package io.gemoclap.score;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;

/**
 * Sentences around a label, such as {@code a {} voice}; a label's vector is the mean over all of
 * them. Immutable.
 *
 * @param templates each with exactly one <code>{}</code> for the label, one at least
 */
public record PromptTemplates(List<String> templates) implements Serializable {
  private static final String SLOT = "{}";

  /** Checks the templates; the message names the one at fault. */
  public PromptTemplates {
    templates = List.copyOf(templates);
    if (templates.isEmpty()) {
      throw new IllegalArgumentException("At least one prompt template is needed");
    }
    for (String template : templates) {
      int slot = template.indexOf(SLOT);
      if (slot < 0 || template.indexOf(SLOT, slot + 1) >= 0) {
        throw new IllegalArgumentException(
            "Prompt template '" + template + "' needs exactly one {} for the label");
      }
    }
  }

  /**
   * Reads a UTF-8 text file on any Beam file system: one template a line, # starts a comment.
   *
   * @throws UncheckedIOException when the file cannot be read, or a line of it is no template
   */
  public static PromptTemplates read(String uri) {
    try (var in =
        Channels.newInputStream(FileSystems.open(FileSystems.matchNewResource(uri, false)))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new PromptTemplates(
          text.lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .toList());
    } catch (IllegalArgumentException e) {
      throw new UncheckedIOException(
          new IOException("Template file '" + uri + "': " + e.getMessage(), e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All sentences for one label. */
  public List<String> expand(String label) {
    return templates.stream().map(template -> template.replace(SLOT, label)).toList();
  }
}
