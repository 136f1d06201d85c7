package io.gemoclap.cli.export;

import io.gemoclap.export.DatasetFacts;
import picocli.CommandLine.Option;

/** What people know about a corpus: a mixin. */
final class FactOptions {
  @Option(
      names = "--name",
      paramLabel = "<name>",
      defaultValue = "emotion-corpus",
      description = "Name of the corpus in its dataset card. Default: emotion-corpus.")
  private String name;

  @Option(
      names = "--description",
      paramLabel = "<text>",
      defaultValue = "",
      description = "One or two sentences for the dataset card.")
  private String description;

  @Option(
      names = "--license",
      paramLabel = "<id>",
      defaultValue = "",
      description =
          "Licence of the recordings as the Hugging Face Hub names it, such as cc-by-4.0. Default:"
              + " unknown.")
  private String license;

  @Option(
      names = "--creator",
      paramLabel = "<name>",
      defaultValue = "",
      description = "Who made the corpus, or whom to ask.")
  private String creator;

  DatasetFacts facts() {
    return DatasetFacts.none()
        .withName(name)
        .withDescription(description)
        .withLicence(license)
        .withCreator(creator);
  }
}
