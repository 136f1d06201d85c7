package io.gemoclap.training.prompts;

/** Content of the training sentences. */
public enum PromptMode {
  /** The emotion alone: gender can then act on the audio side only. */
  EMOTION,
  /** Half of the sentences also name the speaker's gender, where it is known. */
  EMOTION_GENDER
}
