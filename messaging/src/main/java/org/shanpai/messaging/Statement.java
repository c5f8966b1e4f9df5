package org.shanpai.messaging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement of PostgreSQL with named parameters, {@code :name}, read once. Each use fills in its
 * own values; the server keeps it prepared.
 *
 * <p>Knows no quotes and no comments: a colon before a letter is a parameter wherever it stands,
 * save in a cast, {@code ::type}.
 */
public final class Statement {

  private static final Pattern PARAMETER = Pattern.compile("(?<!:):([a-zA-Z]\\w*)");

  private final String text;
  private final Map<String, Integer> places = new HashMap<>();

  private Statement(String named) {
    Matcher found = PARAMETER.matcher(named);
    StringBuilder numbered = new StringBuilder();
    while (found.find()) {
      int place = places.computeIfAbsent(found.group(1), name -> places.size());
      found.appendReplacement(numbered, Matcher.quoteReplacement("$" + (place + 1)));
    }
    this.text = found.appendTail(numbered).toString();
  }

  /** Reads it. */
  public static Statement of(String named) {
    return new Statement(named);
  }

  /** As the server is sent it: {@code $1, $2 …} in the order in which the names first stand. */
  String text() {
    return text;
  }

  /** A use of it, without values yet. */
  public Filled filled() {
    return new Filled(this);
  }

  /** One use, with its values. */
  public static final class Filled {

    private static final Object MISSING = new Object();

    private final Statement statement;
    private final Object[] values;

    private Filled(Statement statement) {
      this.statement = statement;
      this.values = new Object[statement.places.size()];
      Arrays.fill(values, MISSING);
    }

    /**
     * Gives a parameter its value.
     *
     * @param value of a class PostgreSQL's client takes for the column, an {@link Instant}, or null
     * @throws IllegalArgumentException when there is no such parameter
     */
    public Filled with(String name, Object value) {
      Integer place = statement.places.get(name);
      if (place == null) {
        throw new IllegalArgumentException("no parameter " + name + " in " + statement.text);
      }
      values[place] = value instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : value;
      return this;
    }

    String text() {
      return statement.text;
    }

    /**
     * @throws IllegalStateException when a parameter was left out
     */
    Object[] values() {
      List<String> missing = new ArrayList<>();
      statement.places.forEach(
          (name, place) -> {
            if (values[place] == MISSING) {
              missing.add(name);
            }
          });
      if (!missing.isEmpty()) {
        throw new IllegalStateException("no value for " + missing + " in " + statement.text);
      }
      return values;
    }
  }
}
