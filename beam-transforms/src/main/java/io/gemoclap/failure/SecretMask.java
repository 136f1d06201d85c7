package io.gemoclap.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.sdk.annotations.Internal;

/**
 * Takes secrets out of what people and logs get to see: failures, display data, and the command
 * lines in reports. Masks by names and forms, so that it can miss a secret that looks like none.
 *
 * @hidden
 */
@Internal
public final class SecretMask {
  private static final String MASK = "***";

  /** As in {@code https://user:password@host}. */
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+(?=@)");

  /** As in {@code ?X-Amz-Signature=...}, {@code password=...} or {@code "client_secret": "..."}. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)((?:password|passwd|secret|api[-_.]?key|access[-_.]?key(?:[-_.]?id)?"
              + "|[?&][\\w.-]*(?:token|signature|credential|sig))[\"']?\\s*[=:]\\s*)"
              + "(\"[^\"]*\"|'[^']*'|[^\\s,;&\"'}]+)");

  private static final Pattern SECRET_OPTION =
      Pattern.compile(
          "(?i)--?[\\w.-]*(password|passwd|secret|token|credential|api-?key|access-?key|jaas|sasl"
              + "|clientproperties|client-properties|consumerconfig|producerconfig)[\\w.-]*");

  private SecretMask() {}

  /** The same text without passwords, keys and the credentials of URIs. */
  public static String of(String text) {
    return NAMED.matcher(USER_INFO.matcher(text).replaceAll(MASK)).replaceAll("$1" + MASK);
  }

  /** The words of a command line, without the values of options whose names indicate secrets. */
  public static List<String> words(List<String> words) {
    List<String> masked = new ArrayList<>();
    boolean secretFollows = false;
    for (String word : words) {
      String name = word.split("=", 2)[0];
      boolean secret = SECRET_OPTION.matcher(name).matches();
      if (secretFollows && !word.startsWith("--")) {
        masked.add(MASK);
        secretFollows = false;
      } else {
        masked.add(secret && word.contains("=") ? name + "=" + MASK : of(word));
        secretFollows = secret && !word.contains("=");
      }
    }
    return masked;
  }
}
