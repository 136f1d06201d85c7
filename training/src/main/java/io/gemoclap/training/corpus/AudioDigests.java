package io.gemoclap.training.corpus;

import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import com.google.common.io.ByteStreams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.HashMap;
import java.util.Map;

/**
 * SHA-256 digests of audio files, each read once however many utterances are cut from it. Tells
 * identical recordings under other names, and a recording that was replaced. Not thread-safe.
 */
public final class AudioDigests {
  private final Map<String, String> digests = new HashMap<>();

  /**
   * The digest of the file that an utterance is in, in hexadecimal.
   *
   * @throws IOException when the file cannot be read
   */
  public String of(Utterance utterance) throws IOException {
    String known = digests.get(utterance.uri());
    if (known != null) {
      return known;
    }
    try (InputStream in = Channels.newInputStream(utterance.open())) {
      HashingInputStream hashing = new HashingInputStream(Hashing.sha256(), in);
      ByteStreams.exhaust(hashing);
      String digest = hashing.hash().toString();
      digests.put(utterance.uri(), digest);
      return digest;
    }
  }
}
