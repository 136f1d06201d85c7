package io.gemoclap.cli.evaluate;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.gemoclap.table.JsonLines;
import io.gemoclap.training.report.EvaluationCell;
import io.gemoclap.training.report.FinishedRun;
import io.gemoclap.training.report.Report;
import io.gemoclap.training.report.RunInfo;
import io.gemoclap.training.transfer.Outcome;
import io.gemoclap.write.AnnotationJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The folder of one cell. Its {@code done.json} is written after all other files: without it, a job
 * was interrupted, and the cell starts over.
 *
 * @param matrix folder of the matrix
 * @param name of this folder, below that of the matrix
 */
record CellFolder(Path matrix, String name) {
  /** Name of the file with one row for each utterance without a result. */
  static final String FAILURES = "failures.jsonl";

  private static final String INFO = "run.json";
  private static final String DONE = "done.json";

  private Path path() {
    return matrix.resolve(name);
  }

  /** Where annotation writes. */
  Path annotations() {
    return path().resolve("annotations");
  }

  boolean isFinished() {
    return Files.exists(path().resolve(DONE));
  }

  /** Makes the folder, without what an interrupted job left in it. */
  void begin() throws IOException {
    if (Files.exists(path())) {
      MoreFiles.deleteRecursively(path(), RecursiveDeleteOption.ALLOW_INSECURE);
    }
    Files.createDirectories(path());
  }

  /**
   * Writes all files but the annotations.
   *
   * @param model name of the bundle in the matrix
   */
  EvaluationCell finish(String model, RunInfo info, Outcome outcome) throws IOException {
    Files.write(
        path().resolve(FAILURES), outcome.failures().stream().map(AnnotationJson::of).toList());
    JsonLines.writeValue(path().resolve(INFO), info);
    Report report = null;
    if (!outcome.judged().isEmpty()) {
      FinishedRun run = new FinishedRun(info, outcome.judged(), List.of());
      run.write(path());
      report = Report.write(run, path());
    }
    JsonLines.writeValue(path().resolve(DONE), Map.of("judged", outcome.judged().size()));
    return EvaluationCell.of(model, info, report, name);
  }

  /**
   * Reads a finished cell.
   *
   * @param model name of the bundle in the matrix
   */
  EvaluationCell read(String model) throws IOException {
    RunInfo info = JsonLines.readValue(path().resolve(INFO), RunInfo.class);
    Report report = info.evaluated().judged() == 0 ? null : Report.of(FinishedRun.read(path()));
    return EvaluationCell.of(model, info, report, name);
  }
}
