package io.gemoclap.training.adapt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How much labels are worth: adapts to clips of some groups, and judges on all clips of the others.
 *
 * @param adaptation of the model
 * @param clips of a labelled corpus
 * @param also other clips of these groups, on which adapted models are judged too, but for those of
 *     labelled groups; none if there are none
 */
public record LearningCurve(Adaptation adaptation, List<Clip> clips, List<Clip> also) {

  /**
   * One adaptation.
   *
   * @param labels number of clips that it was adapted to
   * @param draw number of the draw of groups and clips, from 1
   * @param groups the groups of these clips
   * @param before scores of the parent on the clips of all other groups
   * @param after scores of the adapted model on the same
   * @param confidence scores of the parent with a refitted temperature on the same
   * @param outcome what cross-validation over the labelled clips says is worth writing
   * @param temperature of the adapted model
   * @param alsoBefore scores of the parent on the other clips; null if there are none
   * @param alsoAfter scores of the adapted model on the same
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Row(
      int labels,
      int draw,
      Set<String> groups,
      Scores before,
      Scores after,
      Scores confidence,
      Judgement.Outcome outcome,
      double temperature,
      @Nullable Scores alsoBefore,
      @Nullable Scores alsoAfter) {

    /** Scores of what is written, or of the parent if nothing is. */
    public Scores written() {
      return switch (outcome) {
        case ADAPTED -> after;
        case CONFIDENCE -> confidence;
        case NOTHING, UNKNOWN -> before;
      };
    }
  }

  /**
   * Adapts for each draw and number of clips. Groups and clips are drawn at random, as where people
   * label what they happen to hear; more clips of a draw include the fewer.
   *
   * @param groups how many groups are labelled
   * @param numbers of clips
   * @param draws how often it is repeated
   * @param each takes every row
   * @throws IllegalArgumentException if there are not more groups than are labelled
   */
  public void run(int groups, List<Integer> numbers, int draws, Consumer<Row> each) {
    List<String> all = clips.stream().map(Clip::group).distinct().sorted().toList();
    if (all.size() <= groups) {
      throw new IllegalArgumentException(
          "The corpus has clips of %s speakers, but more than %s are needed: those who are labelled,"
                  .formatted(all.size(), groups)
              + " and others who are judged");
    }
    double temperature = adaptation.parentTemperature();
    for (int draw = 1; draw <= draws; draw++) {
      Random random = new Random(draw);
      List<String> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, random);
      Set<String> labelled = new TreeSet<>(shuffled.subList(0, groups));
      List<Clip> pool =
          new ArrayList<>(clips.stream().filter(c -> labelled.contains(c.group())).toList());
      Collections.shuffle(pool, random);
      List<Clip> others = clips.stream().filter(c -> !labelled.contains(c.group())).toList();
      List<Clip> alsoOthers = also.stream().filter(c -> !labelled.contains(c.group())).toList();
      Scores before = adaptation.score(List.of(), temperature, others);
      Scores alsoBefore =
          alsoOthers.isEmpty() ? null : adaptation.scoreAgain(temperature, alsoOthers);
      for (int number : numbers) {
        List<Clip> drawn = pool.subList(0, Math.min(number, pool.size()));
        Judgement judgement = adaptation.judge(drawn);
        Scores confidence = adaptation.score(List.of(), judgement.parentTemperature(), others);
        Scores after = adaptation.score(drawn, judgement.temperature(), others);
        each.accept(
            new Row(
                drawn.size(),
                draw,
                labelled,
                before,
                after,
                confidence,
                judgement.outcome(),
                judgement.temperature(),
                alsoBefore,
                alsoOthers.isEmpty()
                    ? null
                    : adaptation.scoreAgain(judgement.temperature(), alsoOthers)));
      }
    }
  }
}
