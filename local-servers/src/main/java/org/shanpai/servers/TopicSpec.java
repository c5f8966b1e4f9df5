package org.shanpai.servers;

import java.time.Duration;
import java.util.Map;

/**
 * A topic to create.
 *
 * @param name as the broker allows: letters, digits, dot, dash, underscore
 * @param partitions at least 1
 * @param compacted keep the last record of each key for ever; {@code retention} is then not used
 * @param retention how long a record is kept at least, if not compacted
 */
public record TopicSpec(String name, int partitions, boolean compacted, Duration retention) {

  public TopicSpec {
    if (name == null || !name.matches("[A-Za-z0-9._-]{1,249}")) {
      throw new IllegalArgumentException("Not a topic name: " + name);
    }
    if (partitions < 1) {
      throw new IllegalArgumentException(
          "Topic %s needs at least 1 partition, not %d".formatted(name, partitions));
    }
    if (!compacted && (retention == null || retention.isNegative() || retention.isZero())) {
      throw new IllegalArgumentException(
          "Topic %s is not compacted and needs a positive retention, not %s"
              .formatted(name, retention));
    }
  }

  public static TopicSpec compacted(String name, int partitions) {
    return new TopicSpec(name, partitions, true, null);
  }

  public static TopicSpec retained(String name, int partitions, Duration retention) {
    return new TopicSpec(name, partitions, false, retention);
  }

  /**
   * Reads {@code <partitions>,compact} or {@code <partitions>,<hours>}, for example {@code 6,168}.
   *
   * @throws IllegalArgumentException naming the topic if the text has another shape
   */
  public static TopicSpec parse(String name, String text) {
    String[] parts = text.trim().split("\\s*,\\s*");
    try {
      if (parts.length == 2) {
        int partitions = Integer.parseInt(parts[0]);
        return parts[1].equals("compact")
            ? compacted(name, partitions)
            : retained(name, partitions, Duration.ofHours(Long.parseLong(parts[1])));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(wrong(name, text), e);
    }
    throw new IllegalArgumentException(wrong(name, text));
  }

  private static String wrong(String name, String text) {
    return "Topic %s: expected <partitions>,compact or <partitions>,<hours>, found \"%s\""
        .formatted(name, text);
  }

  Map<String, String> config() {
    return compacted
        ? Map.of("cleanup.policy", "compact")
        : Map.of("cleanup.policy", "delete", "retention.ms", Long.toString(retention.toMillis()));
  }
}
