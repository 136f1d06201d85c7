package io.gemoclap.training.adapt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemoclap.features.FeatureMatrix;
import io.gemoclap.training.evaluate.ConfidenceFit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HeldOutClipsTest {
  private static final List<String> LABELS = List.of("anger", "sadness");
  private static final ConfidenceFit PARENT = new ConfidenceFit(1, 0);

  /**
   * Knows by heart the clips that it was adapted to, and gives all others the label that most of
   * these have. Its parent says anger of everything.
   */
  private static final class Memory implements Learner {
    private final Set<Float> known = new HashSet<>();
    private final List<Set<Float>> fits = new ArrayList<>();
    private double sad = -1;

    @Override
    public void reset() {
      known.clear();
      sad = -1;
    }

    @Override
    public void fit(List<Clip> clips) {
      reset();
      clips.forEach(clip -> known.add(clip.features().value(0, 0)));
      sad = clips.stream().mapToInt(clip -> clip.label().equals("sadness") ? 1 : -1).sum();
      fits.add(Set.copyOf(known));
    }

    @Override
    public double[][] logits(List<FeatureMatrix> features) {
      for (FeatureMatrix row : features) {
        assertFalse(known.contains(row.value(0, 0)), "A clip is judged that was learned");
      }
      return features.stream().map(row -> new double[] {0, sad}).toArray(double[][]::new);
    }
  }

  private static List<Clip> clips() {
    List<Clip> clips = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      clips.add(Clips.clip("c" + i, "speaker " + i % 4, i % 6 == 0 ? "anger" : "sadness", i));
    }
    return clips;
  }

  @Test
  void everyClipIsJudgedByAModelThatLearnedAllOtherGroupsButNotItsOwn() {
    Memory memory = new Memory();
    HeldOutClips heldOut = HeldOutClips.of(memory, LABELS, clips(), new double[12]);
    assertEquals(4, heldOut.count());
    assertEquals(4, memory.fits.size());
    for (Set<Float> fit : memory.fits) {
      assertEquals(9, fit.size());
    }
    assertTrue(heldOut.after().stream().allMatch(sample -> sample.item().logits()[1] > 0));
    Judgement judgement = heldOut.judge(PARENT);
    assertEquals(4, judgement.parts());
    Scores before = judgement.heldOut().before();
    assertEquals(2 / 12.0, before.war(), 1e-12);
    assertEquals(0.5, before.uar(), 1e-12);
    Scores after = judgement.heldOut().after();
    assertEquals(12, after.clips());
    assertEquals(10 / 12.0, after.war(), 1e-12);
  }

  @Test
  void confidenceIsRefittedToWhatHeldOutClipsShow() {
    Judgement judgement = judge();
    // Logits of 5 to 7 at temperature 1 claim almost certainty, but five of six are right.
    assertTrue(judgement.temperature() > 1.3, "temperature " + judgement.temperature());
  }

  private static Judgement judge() {
    return HeldOutClips.of(new Memory(), LABELS, clips(), new double[12]).judge(PARENT);
  }

  @Test
  void theParentsTemperatureWeighsAsMuchAsFiveClips() {
    HeldOutClips heldOut = HeldOutClips.of(new Memory(), LABELS, clips(), new double[12]);
    Judgement judgement = heldOut.judge(PARENT);
    double fitted = ConfidenceFit.withExponent(0, heldOut.after()).temperature();
    assertEquals(Math.log(fitted) * 12 / 17, Math.log(judgement.temperature()), 1e-9);
    double ofParent = ConfidenceFit.withExponent(0, heldOut.before()).temperature();
    assertEquals(Math.log(ofParent) * 12 / 17, Math.log(judgement.parentTemperature()), 1e-9);
    assertEquals(PARENT, Temperatures.refitted(PARENT, List.of()));
  }

  @Test
  void aFittedTemperatureAloneKeepsTheParentsLabels() {
    // The parent says anger of everything, and is almost always wrong.
    Judgement.HeldOut heldOut = judge().heldOut();
    assertEquals(heldOut.before().uar(), heldOut.confidence().uar(), 1e-12);
    assertEquals(heldOut.before().war(), heldOut.confidence().war(), 1e-12);
    assertTrue(heldOut.confidence().logLoss() < heldOut.before().logLoss());
    assertEquals(
        heldOut.before().logLoss() - heldOut.confidence().logLoss(),
        heldOut.confidenceLogLoss().value(),
        1e-12);
  }

  @Test
  void gainsAreTheDifferencesOfTheScores() {
    Judgement.HeldOut heldOut = judge().heldOut();
    assertEquals(
        heldOut.before().logLoss() - heldOut.after().logLoss(), heldOut.logLoss().value(), 1e-12);
    assertEquals(heldOut.after().uar() - heldOut.before().uar(), heldOut.uar().value(), 1e-12);
    // All 10 sad clips are gained and both angry ones lost: 3, 2, 3 and 2 of the four speakers.
    double[] groups = {2 / 20.0 - 1 / 4.0, 3 / 20.0, 2 / 20.0 - 1 / 4.0, 3 / 20.0};
    double squares = 0;
    for (double group : groups) {
      squares += group * group;
    }
    assertEquals(Math.sqrt(squares), heldOut.uar().error(), 1e-12);
  }
}
