package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.shanpai.stack.Program;

/**
 * What earlier answers told: ids, codes, cursors and numbers by the name of their field, for each
 * who was told. Bounded; the newest stay. Thread-safe.
 */
final class KnownIds {

  /** Who owns what fits, whoever asks. */
  static final String EVERYBODY = "everybody";

  private static final int MOST = 150;
  private static final int DEEPEST = 8;

  /** Names that say nothing of what they name; known as the thing they are read from. */
  private static final Set<String> BARE = Set.of("id");

  private record Key(String owner, String name) {}

  private final Map<Key, List<JsonNode>> known = new HashMap<>();

  /**
   * Reads an answer.
   *
   * @param thing what a bare {@code id} in it names, such as {@code parkedId}
   */
  synchronized void learn(String owner, String thing, JsonNode answer) {
    walk(owner, thing, answer, 0);
  }

  synchronized void put(String owner, String name, JsonNode value) {
    List<JsonNode> values = known.computeIfAbsent(new Key(owner, name), any -> new ArrayList<>());
    values.remove(value);
    values.add(value);
    if (values.size() > MOST) {
      values.remove(0);
    }
  }

  /** Forgets the owner's values of that name but this one. */
  synchronized void only(String owner, String name, JsonNode value) {
    known.put(new Key(owner, name), new ArrayList<>(List.of(value)));
  }

  /** Forgets the owner's values of that name but these. */
  synchronized void only(String owner, String name, List<JsonNode> values) {
    known.put(new Key(owner, name), new ArrayList<>(values));
  }

  synchronized boolean has(String owner, String name, JsonNode value) {
    return known.getOrDefault(new Key(owner, name), List.of()).contains(value);
  }

  /** Whether anybody has a value of that name. */
  synchronized boolean some(String name) {
    return known.entrySet().stream()
        .anyMatch(entry -> entry.getKey().name().equals(name) && !entry.getValue().isEmpty());
  }

  /** One of the owner's own values of that name, or of those that go for everybody; or null. */
  synchronized JsonNode fitting(String owner, String name, Program program, Random random) {
    for (String who : List.of(owner, program.text(), EVERYBODY)) {
      List<JsonNode> values = known.get(new Key(who, name));
      if (values != null && !values.isEmpty()) {
        return values.get(random.nextInt(values.size()));
      }
    }
    return null;
  }

  /** A value of that name, mostly one of the owner's own; null when none is known. */
  synchronized JsonNode pick(String owner, String name, Random random) {
    List<JsonNode> mine = known.get(new Key(owner, name));
    boolean others = mine == null || random.nextInt(20) == 0;
    if (!others) {
      return one(mine, random);
    }
    List<JsonNode> all = new ArrayList<>();
    known.forEach(
        (key, values) -> {
          if (key.name().equals(name)) {
            all.addAll(values);
          }
        });
    return all.isEmpty() ? null : one(all, random);
  }

  /** The newest are the likeliest: they are still under way. */
  private static JsonNode one(List<JsonNode> values, Random random) {
    int back = (int) Math.min(values.size() - 1, Math.abs(random.nextGaussian()) * 12);
    return random.nextInt(4) == 0
        ? values.get(random.nextInt(values.size()))
        : values.get(values.size() - 1 - back);
  }

  private void walk(String owner, String thing, JsonNode node, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    if (node.isArray()) {
      for (int i = 0; i < Math.min(20, node.size()); i++) {
        walk(owner, thing, node.get(i), depth + 1);
      }
    } else if (node.isObject()) {
      node.properties()
          .forEach(
              field -> {
                String name = field.getKey();
                JsonNode value = field.getValue();
                if (value.isContainerNode()) {
                  walk(owner, thing, value, depth + 1);
                } else if (name.equals("trackingUrl") && value.isTextual()) {
                  // The customer's link ends with the token that opens it.
                  put(owner, "token", TextNode.valueOf(value.asText().replaceFirst(".*/", "")));
                } else if (name.equals("refreshToken")) {
                  // Good once: those before it are worth nothing.
                  only(owner, name, value);
                } else if (BARE.contains(name)) {
                  put(owner, thing, value);
                } else if (telling(name, value) && !value.isNull()) {
                  put(owner, name, value);
                }
              });
    }
  }

  private static boolean telling(String name, JsonNode value) {
    return name.endsWith("Id")
        || name.endsWith("Code")
        || name.endsWith("Cursor")
        || name.endsWith("No")
        || name.endsWith("Number")
        || name.endsWith("Token")
        || name.equals("epoch")
        || name.equals("version") && value.isTextual()
        || name.equals("pool")
        || name.equals("contactPhone");
  }
}
