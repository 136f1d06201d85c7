package io.gemoclap.cli.options;

import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.training.transfer.Synonyms;
import java.util.List;
import picocli.CommandLine.Option;

/** Which words mean the same emotion: a mixin. */
public final class SynonymsOption {
  @Option(
      names = "--synonyms",
      split = ",",
      paramLabel = "<word>=<meaning>",
      description =
          "Further words for emotions, such as calm=neutral. Common ones, such as happy and joy"
              + " for happiness, are known.")
  private List<String> pairs;

  /** Whether there are further words. */
  public boolean isGiven() {
    return pairs != null;
  }

  /**
   * The common words and the given ones.
   *
   * @throws WrongUsageException if a value is no pair
   */
  public Synonyms synonyms() {
    return pairs == null
        ? Synonyms.common()
        : WrongUsageException.ifRefused(() -> Synonyms.with(pairs));
  }
}
