package io.gemoclap.features;

/**
 * Pitch by pYIN (Mauch and Dixon 2014): the {@link Periodicity} of each frame gives {@link
 * PitchCandidates}, which a {@link PitchPath} joins. Voicing is the largest periodicity of any
 * candidate period.
 */
final class Pyin implements PitchTracker {
  private final int hop;
  private final int minLag;
  private final int maxLag;
  private final Periodicity periodicity;
  private final PitchCandidates candidates;
  private final PitchPath path;
  private final float[] difference;
  private float[] signal = new float[0];
  private float[] voicing = new float[0];

  Pyin(FeaturePart part, int sampleRate) {
    PitchTracker.require(part, sampleRate);
    this.hop = part.hopSamples();
    this.minLag = (int) Math.floor(sampleRate / part.maxHz());
    this.maxLag = (int) Math.ceil(sampleRate / part.minHz());
    this.periodicity = new Periodicity(part.pitchSamples(), maxLag);
    this.candidates = new PitchCandidates(sampleRate, minLag, maxLag);
    this.path = new PitchPath(part.minHz(), part.maxHz(), (double) part.hopSamples() / sampleRate);
    this.difference = new float[maxLag + 1];
  }

  @Override
  public void begin(int frames, float[] padded, int length) {
    signal = padded;
    if (voicing.length < frames) {
      voicing = new float[frames];
    }
    path.begin(frames);
  }

  @Override
  public void add(int frame, int lanes, int start) {
    periodicity.compute(signal, start, hop, lanes);
    float[][] rows = periodicity.difference();
    for (int j = 0; j < lanes; j++) {
      for (int lag = 0; lag <= maxLag; lag++) {
        difference[lag] = rows[lag][j];
      }
      add(frame + j, periodicity.isSilent(j));
    }
  }

  private void add(int frame, boolean silent) {
    float least = 1;
    if (silent) {
      candidates.none();
    } else {
      candidates.find(difference);
      for (int lag = minLag; lag <= maxLag; lag++) {
        least = Math.min(least, difference[lag]);
      }
    }
    voicing[frame] = 1 - Math.max(0, least);
    path.add(frame, candidates.count(), candidates.hz(), candidates.probabilities());
  }

  @Override
  public void finish(int frames, SpectralColumns.Target to) {
    path.finish(frames, to);
    for (int frame = 0; frame < frames; frame++) {
      to.values()[to.index(frame, 1)] = voicing[frame];
    }
  }
}
