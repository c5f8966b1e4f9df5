package org.shanpai.order.tracking.http;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.shanpai.contracts.event.OrderStatus;
import org.shanpai.messaging.Json;
import org.shanpai.order.tracking.Arrival;
import org.shanpai.order.tracking.TrackedOrder;
import org.shanpai.order.tracking.http.PageWords.Language;

/**
 * Draws the customer's page once, with every word in it, so that it can be read before, and
 * without, its script. The script goes on from the data at its end.
 */
@Singleton
class CustomerPage {

  private static final Pattern HOLE = Pattern.compile("\\{\\{\\{?(\\w+)}}}?");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final Map<Language, DateTimeFormatter> DATE =
      Map.of(
          Language.ZH, DateTimeFormatter.ofPattern("M月d日 HH:mm"),
          Language.EN, DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.UK));
  private static final String HIDDEN = " hidden";

  private final PageWords words;
  private final String template = PageWords.read("/tracking/page.html");

  CustomerPage(PageWords words) {
    this.words = words;
  }

  /** The page of an order. */
  String of(TrackedOrder order, Language language) {
    Drawing drawing = new Drawing(order, language);
    Map<String, String> holes = frame(language);
    String status = order.status().name();
    boolean hopeless = hopeless(order.status());
    holes.put("state", "live");
    holes.put("title", drawing.say("status." + status) + " · " + drawing.say("brand"));
    holes.put("store", order.storeName());
    holes.put("no", drawing.say("order", "no", order.orderNo()));
    holes.put("status", drawing.say("status." + status));
    holes.put("lead", drawing.say("lead." + status));
    holes.put("etaHidden", hopeless ? HIDDEN : "");
    holes.put(
        "etaLabel",
        drawing.say(order.status() == OrderStatus.DELIVERED ? "eta.done" : "eta.label"));
    holes.put("eta", drawing.expected());
    holes.put("promise", drawing.say("promise", "to", drawing.clock(order.promise().end())));
    holes.put("riderHidden", order.rider() == null ? HIDDEN : "");
    holes.put("riderName", drawing.rider());
    holes.put("codeHidden", order.deliveryCode() == null ? HIDDEN : "");
    holes.put("code", order.deliveryCode() == null ? "" : order.deliveryCode());
    holes.put("dropHidden", order.dropPoint() == null ? HIDDEN : "");
    holes.put(
        "drop",
        order.dropPoint() == null
            ? ""
            : drawing.say("drop", "where", order.dropPoint().instruction()));
    holes.put("partsHidden", order.parts() == null ? HIDDEN : "");
    holes.put("partsWord", drawing.partsWord());
    holes.put("parts", drawing.parts());
    holes.put("stepsHidden", "");
    holes.put(
        "steps",
        order.steps().stream()
            .map(
                step ->
                    "<li><time>"
                        + escaped(drawing.clock(step.at()))
                        + "</time>"
                        + escaped(drawing.say("step." + step.status()))
                        + "</li>")
            .collect(Collectors.joining()));
    holes.put("data", data("{\"view\":" + Json.write(order) + ",\"words\":" + words.json() + "}"));
    return filled(holes);
  }

  /**
   * The page that says why there is none.
   *
   * @param status 404, 410 or 429
   */
  String gone(int status, Language language) {
    Map<String, String> holes = frame(language);
    String key = "gone." + status;
    holes.put("state", "gone");
    holes.put("title", words.say(language, key) + " · " + words.say(language, "brand"));
    holes.put("status", words.say(language, key));
    holes.put("lead", words.say(language, key + ".lead"));
    for (String part : new String[] {"eta", "rider", "code", "drop", "parts", "steps"}) {
      holes.put(part + "Hidden", HIDDEN);
    }
    holes.put("data", data("{\"gone\":" + status + ",\"words\":" + words.json() + "}"));
    return filled(holes);
  }

  private Map<String, String> frame(Language language) {
    Map<String, String> holes = new HashMap<>();
    holes.put("lang", language.tag);
    holes.put("otherLang", language.other() == Language.ZH ? "zh" : "en");
    holes.put("otherName", language.other() == Language.ZH ? "中文" : "EN");
    holes.put("brand", words.say(language, "brand"));
    holes.put("big", words.say(language, "big"));
    holes.put("riderWord", words.say(language, "rider"));
    holes.put("codeWord", words.say(language, "code"));
    holes.put("codeNote", words.say(language, "code.note"));
    holes.put("stepsWord", words.say(language, "steps"));
    holes.put("foot", words.say(language, "foot"));
    holes.put("noscript", words.say(language, "noscript"));
    return holes;
  }

  private static boolean hopeless(OrderStatus status) {
    return switch (status) {
      case CANCELLED, RETURNING, RETURNED, EXCEPTION -> true;
      default -> false;
    };
  }

  /** The words of one order in one language; the script has the same rules. */
  private final class Drawing {
    private final TrackedOrder order;
    private final Language language;
    private final ZoneId zone;

    Drawing(TrackedOrder order, Language language) {
      this.order = order;
      this.language = language;
      this.zone = ZoneId.of(order.zone());
    }

    String say(String key, String... values) {
      return words.say(language, key, values);
    }

    String clock(Instant at) {
      ZonedDateTime there = at.atZone(zone);
      boolean today = there.toLocalDate().equals(order.now().atZone(zone).toLocalDate());
      return (today ? TIME : DATE.get(language)).format(there);
    }

    String partsWord() {
      return order.parts() == null ? "" : say("parts", "n", Integer.toString(order.parts().size()));
    }

    String parts() {
      return order.parts() == null
          ? ""
          : order.parts().stream().map(this::part).collect(Collectors.joining());
    }

    private String part(TrackedOrder.Part part) {
      String name = escaped(say("part", "no", Integer.toString(part.no())));
      return "<li>"
          + (part.here()
              ? "<b>" + name + "</b>"
              : "<a href=\"" + escaped(part.path()) + "\">" + name + "</a>")
          + "<span>"
          + escaped(say("status." + part.status()))
          + "</span></li>";
    }

    String rider() {
      return order.rider() == null || order.rider().name().isEmpty()
          ? say("rider")
          : say("rider.name", "name", order.rider().name());
    }

    String expected() {
      Arrival arrival = order.arrival();
      if (order.status() == OrderStatus.DELIVERED) {
        return clock(order.statusAt());
      }
      if (arrival == null) {
        return say("eta.none");
      }
      if (order.status() == OrderStatus.RIDER_AT_CUSTOMER) {
        return say("eta.soon");
      }
      Instant last = arrival.latestAt() == null ? arrival.plannedAt() : arrival.latestAt();
      if (last.isBefore(order.now())) {
        return say("eta.late");
      }
      if (arrival.latestAt() == null) {
        return say("eta.about", "at", clock(arrival.plannedAt()));
      }
      Instant first =
          arrival.earliestAt().isBefore(order.now()) ? order.now() : arrival.earliestAt();
      return say("eta.window", "from", clock(first), "to", clock(last));
    }
  }

  private String filled(Map<String, String> holes) {
    StringBuilder page = new StringBuilder(template.length() * 2);
    Matcher hole = HOLE.matcher(template);
    while (hole.find()) {
      String value = holes.getOrDefault(hole.group(1), "");
      boolean raw = hole.group().startsWith("{{{") || hole.group(1).endsWith("Hidden");
      hole.appendReplacement(page, Matcher.quoteReplacement(raw ? value : escaped(value)));
    }
    return hole.appendTail(page).toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** JSON that cannot end the element it stands in. */
  private static String data(String json) {
    return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }
}
