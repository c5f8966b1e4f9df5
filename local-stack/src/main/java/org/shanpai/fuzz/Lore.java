package org.shanpai.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.shanpai.contracts.time.CityClock;

/**
 * What a caller knows besides the documents: where the city lies, what time it is, which names are
 * its own. Thread-safe.
 */
final class Lore {

  static final double LAT = 31.2304;
  static final double LON = 121.4737;

  /** The rider who works where jobs are not offered but grabbed from the hall. */
  static final String HALL_RIDER = "r-hall";

  /** The middle of the area with the hall. */
  static final double HALL_LAT = LAT + 0.2;

  /** An area, store and rider that may come to harm. */
  static final Set<String> SPARES = Set.of("a-spare", "s-spare", "r-spare", "m-spare");

  private static final Pattern FAR_AHEAD = Pattern.compile("2(0[3-9]|[1-9])");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final CityClock clock;
  private final KnownIds known;
  private final String receiver;
  private final AtomicLong fresh = new AtomicLong();

  /**
   * @param receiver where webhooks may go
   */
  Lore(CityClock clock, KnownIds known, String receiver) {
    this.clock = clock;
    this.known = known;
    this.receiver = receiver;
  }

  String fresh(String prefix) {
    return prefix + "-f" + Long.toString(fresh.incrementAndGet(), 36);
  }

  Instant now() {
    return clock.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * A value a sensible caller would put into a field of that name; null when the name says nothing.
   *
   * @param sample what the document shows there, or null
   */
  JsonNode value(String owner, String name, JsonNode sample, Random random) {
    switch (name) {
      case "lat", "latitude":
        return NODES.numberNode(round(lat(owner) + 0.004 * (random.nextDouble() - 0.5)));
      case "lon", "longitude":
        return NODES.numberNode(round(LON + 0.004 * (random.nextDouble() - 0.5)));
      case "coordinateSystem":
        return NODES.textNode("WGS-84");
      case "south":
        return NODES.numberNode(LAT - 0.01);
      case "north":
        return NODES.numberNode(LAT + 0.01);
      case "west":
        return NODES.numberNode(LON - 0.01);
      case "east":
        return NODES.numberNode(LON + 0.01);
      case "url":
        return NODES.textNode(receiver);
      case "payoutAccount":
        // Two who are paid at one place are one person.
        return NODES.textNode("pay-" + owner);
      case "merchantOrderNo":
        return random.nextInt(8) == 0
            ? known.pick(owner, name, random)
            : NODES.textNode(fresh("no"));
      case "username":
        return NODES.textNode(fresh("op").toLowerCase(Locale.ROOT));
      case "sessionId":
        return NODES.textNode("s-" + owner);
      case "riderId":
        // A rider, and a service that calls for one, speak of that rider.
        if (owner.startsWith("r-") && random.nextInt(20) > 0) {
          return NODES.textNode(owner);
        }
        break;
      case "number":
        return known.pick(owner, "contactPhone", random);
      case "contactPhone":
        return NODES.textNode("13800000000");
      case "jobId":
      case "offerId":
        // Riders act on what they hold, and services for them.
        if (owner.startsWith("r-") && random.nextInt(10) < 7) {
          JsonNode held =
              known.pick(owner, name.equals("jobId") ? "heldJobId" : "openOfferId", random);
          if (held != null) {
            return held;
          }
        }
        break;
      case "orderId":
        if (owner.startsWith("r-") && random.nextInt(10) < 7) {
          JsonNode held = known.pick(owner, "heldJobId", random);
          if (held != null) {
            return NODES.textNode(held.asText().replaceFirst("^j-", "o-"));
          }
        }
        break;
      case "version":
        if (sample != null) {
          // Something new has a version of its own; a name that was published is taken.
          return sample.isTextual() ? NODES.textNode(fresh("v")) : sample;
        }
        break;
      case "effectiveFrom":
        // Each later than what was published before it.
        return NODES.textNode(
            now().plus(30 + 7 * fresh.incrementAndGet() % 30_000, ChronoUnit.DAYS).toString());
      case "toRiderId":
        return NODES.textNode(Colleagues.beside(owner));
      case "step":
        return known.pick(owner, "step", random);
      case "seq":
        return NODES.numberNode(fresh.incrementAndGet());
      default:
        break;
    }
    if (sample != null && sample.isTextual() && instant(sample.asText())) {
      if (FAR_AHEAD.matcher(sample.asText()).lookingAt()) {
        return sample; // meant to lie beyond what is under way
      }
      return NODES.textNode(about(name, random).toString());
    }
    JsonNode told = known.pick(owner, name, random);
    if (told == null || sample == null || sample.getNodeType() == told.getNodeType()) {
      return told;
    }
    return null;
  }

  /** An instant that fits the name: a beginning lies behind, an end ahead. */
  Instant about(String name, Random random) {
    return switch (name) {
      case "from", "start" -> now().minus(10 + random.nextInt(40), ChronoUnit.MINUTES);
      case "at", "before" -> now();
      case "to", "end", "until" ->
          name.equals("to")
              ? now().minusSeconds(random.nextInt(60))
              : now().plus(30 + random.nextInt(60), ChronoUnit.MINUTES);
      default -> now().plus(1 + random.nextInt(50), ChronoUnit.MINUTES);
    };
  }

  static boolean instant(String text) {
    return text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*");
  }

  /** Where somebody is. */
  static double lat(String owner) {
    return owner.equals(HALL_RIDER) ? HALL_LAT : LAT;
  }

  private static double round(double degrees) {
    return Math.round(degrees * 1e6) / 1e6;
  }
}
