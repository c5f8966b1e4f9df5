package org.shanpai.city.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the platform said to merchants about price, promise, tip and status of their orders, held
 * against how the orders stand in the end. Thread-safe.
 *
 * <p>An order is settled when its merchant has read its bill, every word given before is kept, and
 * a webhook has told the last word there is.
 */
public final class Agreements {

  private static final Set<String> ENDS = Set.of("DELIVERED", "CANCELLED", "RETURNED");

  /** What was said of one order, and how it stands. */
  private static final class Agreed {
    private final String merchantId;
    private final String orderNo;
    private final String quoteId;
    private final long feeFen;
    private final JsonNode promise;
    private long tipFen;
    private Long doorFen;
    private Long cancelFen;
    private JsonNode read;

    Agreed(String merchantId, String orderNo, String quoteId, long feeFen, JsonNode promise) {
      this.merchantId = merchantId;
      this.orderNo = orderNo;
      this.quoteId = quoteId;
      this.feeFen = feeFen;
      this.promise = promise;
    }
  }

  private record Notice(String merchantId, String orderNo, long version, String status) {}

  private final Map<String, Agreed> orders = new LinkedHashMap<>();
  private final Map<String, Notice> notices = new HashMap<>();

  /**
   * The platform took an order.
   *
   * @param order as it answered
   * @param orderNo the merchant's own number, or null for an order that is linked to another
   * @param quoteId the quote that price and promise were locked by, or null
   */
  public synchronized void taken(
      String merchantId, JsonNode order, String orderNo, String quoteId, JsonNode promise) {
    orders.putIfAbsent(
        order.path("orderId").asText(),
        new Agreed(merchantId, orderNo, quoteId, order.path("deliveryFeeFen").asLong(-1), promise));
  }

  /** The platform took note of a tip, all of it. */
  public synchronized void tipped(String orderId, long fen) {
    orders.get(orderId).tipFen = fen;
  }

  /** The platform took note of another door, and said what it makes of the fee. */
  public synchronized void doorAsked(String orderId, long differenceFen) {
    orders.get(orderId).doorFen = differenceFen;
  }

  /** The platform took note of a cancel, at that price at most. */
  public synchronized void cancelAsked(String orderId, long feeFen) {
    orders.get(orderId).cancelFen = feeFen;
  }

  /**
   * A webhook told how an order stands.
   *
   * @return why it cannot be right, or null
   */
  public synchronized String noticed(String merchantId, JsonNode notice) {
    String orderId = notice.path("orderId").asText();
    Notice now =
        new Notice(
            merchantId,
            notice.path("merchantOrderNo").textValue(),
            notice.path("version").asLong(),
            notice.path("status").asText());
    Notice before = notices.put(orderId, now);
    return before == null || before.version() < now.version()
        ? null
        : "A webhook told version %d of order %s after version %d."
            .formatted(now.version(), orderId, before.version());
  }

  /** The merchant has read an order. */
  public synchronized void read(JsonNode order) {
    Agreed agreed = orders.get(order.path("orderId").asText());
    if (agreed != null) {
      agreed.read = order;
    }
  }

  /** Orders of that merchant that are not settled yet. */
  public synchronized List<String> unsettled(String merchantId) {
    return orders.entrySet().stream()
        .filter(order -> order.getValue().merchantId.equals(merchantId))
        .filter(order -> !settled(order.getKey(), order.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean settled(String orderId, Agreed agreed) {
    return ended(agreed)
        && breaches(orderId, agreed).isEmpty()
        && told(orderId) >= agreed.read.path("version").asLong();
  }

  private static boolean ended(Agreed agreed) {
    return agreed.read != null && ENDS.contains(agreed.read.path("status").asText());
  }

  private long told(String orderId) {
    Notice notice = notices.get(orderId);
    return notice == null ? -1 : notice.version();
  }

  /** Orders that have ended and of whose last change no webhook has told. */
  public synchronized List<String> untold() {
    return orders.entrySet().stream()
        .filter(order -> ended(order.getValue()))
        .filter(order -> told(order.getKey()) < order.getValue().read.path("version").asLong())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Every word that was not kept, a sentence each. */
  public synchronized List<String> breaches() {
    List<String> breaches = new ArrayList<>();
    orders.forEach((orderId, agreed) -> breaches.addAll(breaches(orderId, agreed)));
    return breaches;
  }

  private List<String> breaches(String orderId, Agreed agreed) {
    List<String> found = new ArrayList<>();
    Notice notice = notices.get(orderId);
    if (notice != null
        && !(notice.merchantId().equals(agreed.merchantId)
            && String.valueOf(notice.orderNo()).equals(String.valueOf(agreed.orderNo)))) {
      found.add(
          "A webhook told %s of order %s as %s; it is %s's, %s."
              .formatted(
                  notice.merchantId(),
                  orderId,
                  notice.orderNo(),
                  agreed.merchantId,
                  agreed.orderNo));
    }
    JsonNode read = agreed.read;
    if (read == null) {
      return found;
    }
    String status = read.path("status").asText();
    long version = read.path("version").asLong();
    if (notice != null && notice.version() == version && !notice.status().equals(status)) {
      found.add(
          "A webhook told of order %s that it is %s; it is %s."
              .formatted(orderId, notice.status(), status));
    }
    if (!read.path("promise").equals(agreed.promise)) {
      found.add(
          "Order %s was promised for %s and is now for %s."
              .formatted(orderId, agreed.promise, read.path("promise")));
    }
    if (agreed.quoteId != null && !agreed.quoteId.equals(read.path("quoteId").asText())) {
      found.add("Order %s no longer rests on quote %s.".formatted(orderId, agreed.quoteId));
    }
    long door = door(agreed);
    equal(found, orderId, "fee", agreed.feeFen + door, read.path("deliveryFeeFen").asLong());
    equal(found, orderId, "tip", agreed.tipFen, read.path("tipFen").asLong(0));
    if (ENDS.contains(status)) {
      found.addAll(bill(orderId, agreed, status, door));
    }
    return found;
  }

  /** What the door asked for makes of the fee; only one that the goods go to does. */
  private static long door(Agreed agreed) {
    return agreed.doorFen != null
            && agreed.read.path("change").path("state").asText().equals("APPLIED")
        ? agreed.doorFen
        : 0;
  }

  private static List<String> bill(String orderId, Agreed agreed, String status, long door) {
    List<String> found = new ArrayList<>();
    Map<String, Long> lines = new HashMap<>();
    for (JsonNode line : agreed.read.path("charges")) {
      lines.merge(line.path("kind").asText(), line.path("fen").asLong(), Long::sum);
    }
    switch (status) {
      case "DELIVERED" -> {
        equal(found, orderId, "bill for delivery", agreed.feeFen, lines.remove("DELIVERY"));
        equal(found, orderId, "bill for the other door", door, lines.remove("CHANGE"));
        equal(found, orderId, "bill for the tip", agreed.tipFen, lines.remove("TIP"));
      }
      case "CANCELLED" ->
          most(
              found,
              orderId,
              "bill for the cancel",
              agreed.cancelFen == null ? agreed.feeFen + door : agreed.cancelFen,
              lines.remove("CANCEL"));
      default -> {
        most(found, orderId, "bill for delivery", agreed.feeFen, lines.remove("DELIVERY"));
        most(found, orderId, "bill for the other door", Math.max(0, door), lines.remove("CHANGE"));
        most(found, orderId, "bill for the way back", agreed.feeFen + door, lines.remove("RETURN"));
      }
    }
    if (!lines.isEmpty()) {
      found.add("The bill of order %s, %s, also has %s.".formatted(orderId, status, lines));
    }
    return found;
  }

  private static void equal(List<String> found, String orderId, String what, long said, Long is) {
    if (said != (is == null ? 0 : is)) {
      found.add("Order %s: the %s is %d fen; said were %d.".formatted(orderId, what, is, said));
    }
  }

  private static void most(List<String> found, String orderId, String what, long said, Long is) {
    if (is != null && is > said) {
      found.add(
          "Order %s: the %s is %d fen; said were %d at most.".formatted(orderId, what, is, said));
    }
  }

  /**
   * What came of it so far.
   *
   * @param onQuotes orders made of a quote, one for each purchase
   * @param locksHonoured of these, those that had the quoted price and promise to their end
   * @param right ended orders of which every word was kept
   * @param tipped orders with a tip
   * @param doorsApplied orders that went to another door
   * @param doorsRefused orders for which another door came too late
   */
  public record Kept(
      int onQuotes, int locksHonoured, int right, int tipped, int doorsApplied, int doorsRefused) {}

  /** See {@link Kept}. */
  public synchronized Kept kept() {
    int onQuotes = 0;
    int honoured = 0;
    int right = 0;
    int tipped = 0;
    int applied = 0;
    int refused = 0;
    for (Map.Entry<String, Agreed> order : orders.entrySet()) {
      Agreed agreed = order.getValue();
      boolean kept = ended(agreed) && breaches(order.getKey(), agreed).isEmpty();
      String door = agreed.read == null ? "" : agreed.read.path("change").path("state").asText();
      onQuotes += agreed.quoteId != null ? 1 : 0;
      honoured += agreed.quoteId != null && kept ? 1 : 0;
      right += kept ? 1 : 0;
      tipped += agreed.tipFen > 0 ? 1 : 0;
      applied += door.equals("APPLIED") ? 1 : 0;
      refused += door.equals("REFUSED") ? 1 : 0;
    }
    return new Kept(onQuotes, honoured, right, tipped, applied, refused);
  }
}
