package io.gemoclap.cli.annotate;

import io.gemoclap.cli.console.WrongUsageException;
import io.gemoclap.kafka.KafkaConnection;
import io.gemoclap.kafka.PublishAnnotations;
import io.gemoclap.kafka.ReadRecordings;
import io.gemoclap.kafka.RecordValue;
import io.gemoclap.score.EmotionShares;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Locale;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/**
 * Options of {@code annotate} for input without end: a Kafka topic, or a folder that is watched.
 */
final class StreamingOptions {
  static final String KAFKA = "kafka:";
  private static final double LEAST_SECONDS = 0.1;
  private static final double MOST_SECONDS = 1e9;

  @Option(
      names = "--bootstrap-servers",
      description = "Kafka brokers of all kafka:<topic>, as host:port,host:port.")
  private String bootstrapServers;

  @Option(
      names = "--kafka-properties",
      description =
          "Properties file for Kafka's clients (TLS, SASL, sizes). Never logged or displayed.")
  private String kafkaProperties;

  @Option(
      names = "--kafka-value",
      defaultValue = "audio",
      description = "Content of a record's value: audio (default) or uri.")
  private String kafkaValue;

  @Option(
      names = "--event-time-header",
      description =
          "Header with the event time (milliseconds since 1970, or ISO 8601). Default: the record's"
              + " timestamp.")
  private String eventTimeHeader;

  @Option(
      names = "--out-of-orderness",
      defaultValue = "10",
      description =
          "Seconds by which records of a partition may be out of order in event time;"
              + " windows are written this much later. Default: 10.")
  private double outOfOrderness;

  @Option(
      names = "--consumer-group",
      defaultValue = "gemoclap",
      description =
          "Consumer group; a new job continues at its committed offsets. Default: gemoclap.")
  private String consumerGroup;

  @Option(names = "--failure-topic", description = "Topic for failures. Default: <topic>-failures.")
  private String failureTopic;

  @Option(
      names = "--recording-topic",
      description =
          "Topic for one record per decoded recording, even without speech." + " Default: none.")
  private String recordingTopic;

  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = "10",
      description = "Keep looking for new files in --input, every 10 or the given seconds.")
  private Double watch;

  @Option(
      names = "--window",
      defaultValue = "10",
      description = "Minutes of event time per set of files. Default: 10.")
  private double window;

  @Option(
      names = "--allowed-lateness",
      defaultValue = "1440",
      description =
          "Minutes after a window was written in which late records are still written to"
              + " files. Default: 1440, one day.")
  private double allowedLateness;

  @Option(
      names = "--live-labels",
      description =
          "kafka:<topic> or a file with labels or templates as JSON; the newest valid set"
              + " is used while the job runs.")
  private String liveLabels;

  @Option(
      names = "--live-model",
      description =
          "kafka:<topic> or a file that names a bundle as JSON; the newest valid one is used"
              + " while the job runs.")
  private String liveModel;

  @Option(
      names = "--shares-by",
      description =
          "Metadata field, such as a record's header; emotion shares for each of its values"
              + " go to <topic>-shares and to shares-*.jsonl.")
  private String sharesBy;

  @Option(
      names = "--shares-window",
      defaultValue = "10/1",
      description =
          "Length of a shares window and interval, in minutes: <length>/<every>. Default:"
              + " 10/1.")
  private String sharesWindow;

  boolean isLive(String input) {
    return input.startsWith(KAFKA) || watch != null;
  }

  String liveLabels() {
    return liveLabels;
  }

  String liveModel() {
    return liveModel;
  }

  /** How shares are taken; null if none are. */
  @Nullable EmotionShares shares() {
    if (sharesBy == null) {
      return null;
    }
    String[] minutes = sharesWindow.split("/", -1);
    try {
      Duration length = seconds("--shares-window", 60 * Double.parseDouble(minutes[0]));
      Duration every = seconds("--shares-window", 60 * Double.parseDouble(minutes[1]));
      if (minutes.length == 2 && !every.isLongerThan(length)) {
        return EmotionShares.by(sharesBy).withWindows(length, every);
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new WrongUsageException(badSharesWindow(), e);
    }
    throw new WrongUsageException(badSharesWindow());
  }

  private String badSharesWindow() {
    return "--shares-window must be <length>/<every> in minutes, every at most the length, not '"
        + sharesWindow
        + "'";
  }

  /** None of them may be given where the input has an end. */
  static void requireUnused(ParseResult given) {
    List<String> unused =
        given.matchedOptions().stream()
            .filter(
                option ->
                    ((Field) option.userObject()).getDeclaringClass() == StreamingOptions.class)
            .map(OptionSpec::longestName)
            .toList();
    if (!unused.isEmpty()) {
      throw new WrongUsageException(
          "Only for kafka:<topic> or --watch, not for batch input: " + String.join(", ", unused));
    }
  }

  Duration watchInterval() {
    return seconds("--watch", watch);
  }

  Duration window() {
    // Files are named by the second that their window begins with.
    return seconds("--window", window * 60, 1);
  }

  Duration allowedLateness() {
    return seconds("--allowed-lateness", allowedLateness * 60);
  }

  private static Duration seconds(String option, double seconds) {
    return seconds(option, seconds, LEAST_SECONDS);
  }

  private static Duration seconds(String option, double seconds, double least) {
    if (!(seconds >= least && seconds <= MOST_SECONDS)) {
      throw new WrongUsageException(
          "%s amounts to %s seconds, but must be %s to %s"
              .formatted(option, seconds, least, MOST_SECONDS));
    }
    return Duration.millis(Math.round(seconds * 1000));
  }

  /** The topic of {@code kafka:<topic>}. */
  static String topic(String uri) {
    return uri.substring(KAFKA.length());
  }

  /** Publishes to a topic and its side topics. */
  PublishAnnotations publish(String topic) throws IOException {
    PublishAnnotations publish = PublishAnnotations.to(connection(), topic);
    publish = failureTopic == null ? publish : publish.withFailureTopic(failureTopic);
    return recordingTopic == null ? publish : publish.withRecordingTopic(recordingTopic);
  }

  KafkaConnection connection() throws IOException {
    if (bootstrapServers == null) {
      throw new WrongUsageException("kafka:<topic> needs --bootstrap-servers=<host>:<port>");
    }
    try {
      KafkaConnection connection = KafkaConnection.to(bootstrapServers);
      return kafkaProperties == null ? connection : connection.withPropertiesFrom(kafkaProperties);
    } catch (IllegalArgumentException e) {
      throw new WrongUsageException(e.getMessage(), e);
    }
  }

  ReadRecordings read(String topic) throws IOException {
    ReadRecordings read =
        ReadRecordings.from(connection(), topic)
            .withValue(value())
            .withOutOfOrderness(seconds("--out-of-orderness", outOfOrderness, 0))
            .withConsumerGroup(consumerGroup);
    return eventTimeHeader == null ? read : read.withEventTimeHeader(eventTimeHeader);
  }

  private RecordValue value() {
    return switch (kafkaValue.toLowerCase(Locale.ROOT)) {
      case "audio" -> RecordValue.AUDIO;
      case "uri" -> RecordValue.URI;
      default ->
          throw new WrongUsageException(
              "--kafka-value must be audio or uri, not '" + kafkaValue + "'");
    };
  }
}
