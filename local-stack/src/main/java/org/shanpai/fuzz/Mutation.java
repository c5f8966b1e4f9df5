package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Ways in which a good request becomes a bad one. Those of the value come first. */
enum Mutation {
  NONE,
  OTHER_TYPE,
  LONG_TEXT,
  EMPTY_TEXT,
  STRANGE_TEXT,
  EDGE_NUMBER,
  FIELD_MISSING,
  FIELD_NULL,
  FIELD_EXTRA,
  FIELD_TWICE,
  LONG_LIST,
  QUERY_VALUE,
  STRANGE_ID,
  KEY_AGAIN,
  DEEP_JSON,
  HUGE_BODY,
  CUT_OFF,
  BAD_BYTES,
  NO_BODY,
  OTHER_FORMAT,
  OTHER_METHOD,
  HEADER_JUNK,
  PATH_JUNK,
  OTHER_ROLE,
  BAD_TOKEN;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEP = 10_000;
  private static final int HUGE = 1_300_000;

  private static final String[] STRANGE = {
    "\uD83D\uDEF5\uD83D\uDCA8",
    "\u202Eevil\u202C",
    "\u0000",
    "a\u0000b",
    "\uD800",
    "\uDFFF x",
    "\uFFFE\uFFFF",
    "Z\u0351\u0352\u0353\u0354a",
    "\u200B\u200D\uFEFF",
    "'; drop table orders; --",
    "<script>alert(1)</script>",
    "${jndi:ldap://127.0.0.1/a}",
    "../../etc/passwd",
    "\r\nSet-Cookie: a=b",
    "%s%n%d",
    "ﷺ".repeat(30),
    " ",
    "\t",
    "NaN",
    "-0",
    "1e400",
    "null",
    "٠١٢٣",
    "2026-02-30T25:61:61Z",
    "-999999999-01-01T00:00:00Z",
    "+1000000000-12-31T23:59:59.999999999Z",
    "9999-12-31T23:59:59.999999999Z",
    "0001-01-01T00:00:00Z",
    "+999999999-12-31"
  };

  private static final String[] EDGES = {
    "0",
    "-1",
    "1",
    "-0.0",
    "2147483647",
    "2147483648",
    "-2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "1e308",
    "1e-320",
    "1e400",
    "0.1",
    "1.5",
    "1e1000000",
    "99999999999999999999999999999999999999",
    "90.0000001",
    "-180.0000001",
    "NaN"
  };

  /** The mutations of which most are answered by an endpoint's validation. */
  static Mutation any(Random random) {
    int dice = random.nextInt(100);
    if (dice < 52) {
      return NONE;
    }
    Mutation[] all = values();
    int values = KEY_AGAIN.ordinal();
    return dice < 84
        ? all[1 + random.nextInt(values)]
        : all[values + 1 + random.nextInt(all.length - values - 1)];
  }

  /**
   * The request as it is sent.
   *
   * @param other somebody of another role
   */
  Shot apply(RequestMaker.Draft draft, Persona other, Random random) {
    Shot shot = draft.shot();
    return switch (this) {
      case NONE, KEY_AGAIN -> shot;
      case OTHER_TYPE,
          LONG_TEXT,
          EMPTY_TEXT,
          STRANGE_TEXT,
          EDGE_NUMBER,
          FIELD_MISSING,
          FIELD_NULL,
          FIELD_EXTRA,
          FIELD_TWICE,
          LONG_LIST ->
          draft.body() == null ? query(shot, random) : shot.body(value(draft.body(), random));
      case QUERY_VALUE -> query(shot, random);
      case STRANGE_ID -> strangeId(draft, shot, random);
      case DEEP_JSON -> withJson(shot, deep(random));
      case HUGE_BODY -> withJson(shot, "{\"name\":\"" + "x".repeat(HUGE) + "\"}");
      case CUT_OFF ->
          shot.body() == null || shot.body().length == 0
              ? withJson(shot, "{")
              : shot.body(java.util.Arrays.copyOf(shot.body(), random.nextInt(shot.body().length)));
      case BAD_BYTES -> shot.body(badBytes(shot.body(), random));
      case NO_BODY -> shot.body(random.nextBoolean() ? null : new byte[0]);
      case OTHER_FORMAT -> shot.header("Content-Type", format(random));
      case OTHER_METHOD -> shot.method(method(random));
      case HEADER_JUNK -> headerJunk(shot, random);
      case PATH_JUNK -> shot.target(pathJunk(shot.target(), random));
      case OTHER_ROLE ->
          shot.header("Authorization", other.token() == null ? null : "Bearer " + other.token());
      case BAD_TOKEN -> shot.header("Authorization", badToken(draft.who(), random));
    };
  }

  private byte[] value(JsonNode good, Random random) {
    JsonNode body = good.deepCopy();
    List<Runnable> places = new ArrayList<>();
    String[] doubled = {null};
    collect(body, random, places, doubled);
    if (places.isEmpty()) {
      return RequestMaker.json(NODES.textNode(strange(random)));
    }
    places.get(random.nextInt(places.size())).run();
    String text = new String(RequestMaker.json(body), StandardCharsets.US_ASCII);
    if (doubled[0] != null) {
      text = "{\"" + doubled[0] + "\":" + json(random) + "," + text.substring(1);
    }
    // Numbers that no JSON library writes.
    return text.replaceAll("\"@raw:([^\"]*)\"", "$1").getBytes(StandardCharsets.UTF_8);
  }

  private void collect(JsonNode node, Random random, List<Runnable> places, String[] doubled) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        places.add(
            () -> {
              switch (this) {
                case FIELD_MISSING -> object.remove(name);
                case FIELD_EXTRA -> object.set("extra\u00e9", junk(random));
                case FIELD_TWICE -> doubled[0] = name;
                default -> object.set(name, other(object.get(name), random));
              }
            });
        collect(object.get(name), random, places, doubled);
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int at = i;
        places.add(() -> array.set(at, other(array.get(at), random)));
        collect(array.get(i), random, places, doubled);
      }
    }
  }

  private JsonNode other(JsonNode value, Random random) {
    return switch (this) {
      case LONG_TEXT -> NODES.textNode("长".repeat(1 << random.nextInt(17)));
      case EMPTY_TEXT -> NODES.textNode(random.nextBoolean() ? "" : "  ");
      case STRANGE_TEXT -> NODES.textNode(strange(random));
      case EDGE_NUMBER -> NODES.textNode("@raw:" + EDGES[random.nextInt(EDGES.length)]);
      case FIELD_NULL, FIELD_TWICE, FIELD_MISSING -> NODES.nullNode();
      case LONG_LIST -> {
        ArrayNode list = NODES.arrayNode();
        JsonNode one = value.isArray() && value.size() > 0 ? value.get(0) : value;
        for (int i = 0; i < 2_000; i++) {
          list.add(one);
        }
        yield list;
      }
      default -> junk(random);
    };
  }

  private static JsonNode junk(Random random) {
    return switch (random.nextInt(7)) {
      case 0 -> NODES.objectNode();
      case 1 -> NODES.arrayNode().add(NODES.nullNode());
      case 2 -> NODES.booleanNode(true);
      case 3 -> NODES.numberNode(-1);
      case 4 -> NODES.textNode(strange(random));
      case 5 -> NODES.objectNode().set("a", NODES.arrayNode().add(1));
      default -> NODES.numberNode(1e300);
    };
  }

  private static String strange(Random random) {
    return STRANGE[random.nextInt(STRANGE.length)];
  }

  private static String json(Random random) {
    return new String(RequestMaker.json(junk(random)), StandardCharsets.US_ASCII);
  }

  private static Shot query(Shot shot, Random random) {
    String target = shot.target();
    int mark = target.indexOf('?');
    if (mark < 0) {
      return shot.target(target + "?limit=" + edge(random) + "&cursor=" + percent(random));
    }
    String[] pairs = target.substring(mark + 1).split("&");
    int at = random.nextInt(pairs.length);
    String name = pairs[at].split("=", 2)[0];
    String old = pairs[at];
    pairs[at] =
        switch (random.nextInt(5)) {
          case 0 -> name + "=" + edge(random);
          case 1 -> name + "=" + percent(random);
          case 2 -> name;
          case 3 -> old + "&" + old;
          default -> name + "=";
        };
    return shot.target(target.substring(0, mark + 1) + String.join("&", pairs));
  }

  private static String edge(Random random) {
    return EDGES[random.nextInt(EDGES.length)];
  }

  private static String percent(Random random) {
    // A lone surrogate has no percent encoding; the encoder puts a question mark.
    return RequestMaker.encoded(strange(random));
  }

  private static Shot strangeId(RequestMaker.Draft draft, Shot shot, Random random) {
    List<String> variables = draft.operation().pathVariables();
    if (variables.isEmpty()) {
      return query(shot, random);
    }
    String[] mine = draft.operation().path().split("/");
    String[] parts = draft.path().split("/");
    for (int i = 0; i < mine.length && i < parts.length; i++) {
      if (mine[i].contains("{")) {
        parts[i] = random.nextInt(4) == 0 ? "x".repeat(1 + random.nextInt(3_000)) : percent(random);
      }
    }
    return shot.target(String.join("/", parts) + draft.query());
  }

  private static Shot withJson(Shot shot, String json) {
    return shot.header("Content-Type", "application/json")
        .body(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String deep(Random random) {
    return random.nextBoolean()
        ? "[".repeat(DEEP) + "]".repeat(DEEP)
        : "{\"items\":".repeat(DEEP) + "1" + "}".repeat(DEEP);
  }

  private static byte[] badBytes(byte[] body, Random random) {
    byte[] bad = body == null || body.length == 0 ? new byte[] {'"', 0, '"'} : body.clone();
    int[] wrong = {0xFF, 0xC0, 0xED, 0x80, 0x00, 0xFE};
    for (int i = 0; i < 3; i++) {
      bad[random.nextInt(bad.length)] = (byte) wrong[random.nextInt(wrong.length)];
    }
    return bad;
  }

  private static String format(Random random) {
    String[] formats = {
      "text/plain", "application/xml", "application/json; charset=utf-16", "multipart/form-data",
      "application/x-www-form-urlencoded", "nonsense", "application/json;charset=klingon", "*/*"
    };
    int at = random.nextInt(formats.length + 1);
    return at == formats.length ? null : formats[at];
  }

  private static String method(Random random) {
    String[] methods = {"PATCH", "TRACE", "OPTIONS", "HEAD", "DELETE", "PUT", "POST", "BREW"};
    return methods[random.nextInt(methods.length)];
  }

  private static Shot headerJunk(Shot shot, Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> shot.header("Accept", "application/xml");
      case 1 -> shot.header("Accept", "\u0001;;q=x");
      case 2 -> shot.line("X-Long: " + "y".repeat(20_000));
      case 3 -> shot.line("Idempotency-Key: again").line("Idempotency-Key: twice");
      case 4 -> shot.header("Idempotency-Key", "ü".repeat(40));
      case 5 -> shot.header("Last-Event-ID", "-9999999999999999999");
      case 6 -> shot.line("Content-Encoding: gzip");
      case 7 -> shot.header("Device-Time", "+1000000000-12-31T23:59:59.999999999Z");
      default -> shot.line("traceparent: 00-zzzz-xx-1").line("Accept-Language: ,,;q=9");
    };
  }

  private static String pathJunk(String target, Random random) {
    String[] tails = {
      "/../../etc/passwd",
      "/%2e%2e/%2e%2e/",
      "/%00",
      ";jsessionid=1",
      "//",
      "/%zz",
      "/%c0%ae",
      "/?%00=%ff",
      "%",
      "/" + "a".repeat(5_000)
    };
    String tail = tails[random.nextInt(tails.length)];
    int cut = target.indexOf('/', 1 + random.nextInt(Math.max(1, target.length() - 1)));
    return random.nextBoolean() || cut < 0
        ? target.replaceFirst("\\?.*", "") + tail
        : target.substring(0, cut) + tail + target.substring(cut);
  }

  private static String badToken(Persona who, Random random) {
    String token = String.valueOf(who.token());
    return switch (random.nextInt(5)) {
      case 0 -> "Bearer ";
      case 1 -> "Bearer " + token.substring(0, token.length() / 2);
      case 2 -> "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.";
      case 3 -> "Basic YTpi";
      default -> "Bearer " + token + "x";
    };
  }
}
