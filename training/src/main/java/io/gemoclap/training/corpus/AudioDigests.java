package io.gemoclap.training.corpus;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
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
  private static final int BLOCK = 1 << 16;

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
      Hasher hasher = Hashing.sha256().newHasher();
      byte[] block = new byte[BLOCK];
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        hasher.putBytes(block, 0, read);
      }
      String digest = hasher.hash().toString();
      digests.put(utterance.uri(), digest);
      return digest;
    }
  }
}
