package io.gemoclap.audio.speech;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.beam.sdk.annotations.Internal;

/**
 * The network that judges cues: they are standardised and limited, then one hidden layer of
 * hyperbolic tangents, then the log-odds of speech. The fields are those of its JSON file.
 *
 * @param means what is subtracted from each cue
 * @param scales what each cue is multiplied by then
 * @param weights one row for each hidden unit, with one number for each cue
 * @param biases one number for each hidden unit
 * @param output one number for each hidden unit
 * @param bias the log-odds where every hidden unit is zero
 * @hidden
 */
@Internal
@SuppressWarnings("ArrayRecordComponent") // a file, never compared
public record SpeechNetwork(
    @JsonProperty("means") double[] means,
    @JsonProperty("scales") double[] scales,
    @JsonProperty("weights") double[][] weights,
    @JsonProperty("biases") double[] biases,
    @JsonProperty("output") double[] output,
    @JsonProperty("bias") double bias) {
  /** Standardised cues are limited to this magnitude: unheard-of sounds are not extreme ones. */
  public static final double LIMIT = 4;

  private static final String RESOURCE = "speech-classifier.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The network that this project has trained; read once. */
  static SpeechNetwork bundled() {
    return Bundled.NETWORK;
  }

  /** Reads a network from JSON. */
  static SpeechNetwork read(InputStream json) throws IOException {
    return JSON.readValue(json, SpeechNetwork.class);
  }

  /** The network as JSON. */
  public String toJson() throws IOException {
    return JSON.writeValueAsString(this).replace("],[", "],\n[") + "\n";
  }

  /** A cue as the hidden layer gets it. */
  public double standardised(int index, double cue) {
    return Math.max(-LIMIT, Math.min(LIMIT, (cue - means[index]) * scales[index]));
  }

  /** The probability of speech, [0, 1]. */
  public double probability(double[] cues) {
    double logOdds = bias;
    for (int unit = 0; unit < output.length; unit++) {
      double sum = biases[unit];
      double[] row = weights[unit];
      for (int i = 0; i < row.length; i++) {
        sum += row[i] * standardised(i, cues[i]);
      }
      logOdds += output[unit] * Math.tanh(sum);
    }
    return 1 / (1 + Math.exp(-logOdds));
  }

  /** Holds the network once it is needed. */
  private static final class Bundled {
    static final SpeechNetwork NETWORK = load();

    private static SpeechNetwork load() {
      try (InputStream json = SpeechNetwork.class.getResourceAsStream(RESOURCE)) {
        return read(json);
      } catch (IOException e) {
        throw new UncheckedIOException(RESOURCE + " cannot be read", e);
      }
    }
  }
}
