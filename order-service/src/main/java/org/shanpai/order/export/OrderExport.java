package org.shanpai.order.export;

import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.shanpai.chassis.City;
import org.shanpai.contracts.MerchantId;
import org.shanpai.messaging.Tx;
import org.shanpai.order.orders.Order;
import org.shanpai.order.orders.Orders;

/**
 * A merchant's orders of some days as CSV, the newest first, read page by page as fast as the
 * reader takes them. Without names, phones, addresses and codes.
 */
@ApplicationScoped
public class OrderExport {

  /** Days one file may span. */
  public static final int MOST_DAYS = 92;

  private static final int PAGE = 200;

  /** Ids sort by wall time and days are the city's; this much they may differ in order. */
  private static final Duration SLACK = Duration.ofHours(1);

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final List<String> HEADING =
      List.of(
          "orderId",
          "merchantOrderNo",
          "storeId",
          "status",
          "reason",
          "fault",
          "createdAt",
          "promisedFrom",
          "promisedUntil",
          "readyAt",
          "statusAt",
          "deliveryFeeYuan",
          "goodsValueYuan",
          "distanceMetres",
          "promiseTier",
          "riderId",
          "cancelReason",
          "sandbox");

  private final Tx tx;
  private final Orders orders;
  private final ZoneId zone;

  OrderExport(Tx tx, Orders orders, City city) {
    this.tx = tx;
    this.orders = orders;
    this.zone = city.zone();
  }

  /**
   * The file in pieces; it begins with a byte order mark, without which Excel misreads Chinese.
   *
   * @param from the city's business date
   * @param to the last day, included
   */
  public Multi<String> file(MerchantId merchant, LocalDate from, LocalDate to) {
    Instant start = from.atStartOfDay(zone).toInstant();
    Instant end = to.plusDays(1).atStartOfDay(zone).toInstant();
    CsvLine heading = new CsvLine();
    HEADING.forEach(heading::text);
    Multi<String> pages =
        Multi.createBy()
            .repeating()
            .uni(Cursor::new, cursor -> tx.detached(() -> tx.read(() -> next(merchant, cursor))))
            .whilst(page -> goesOn(page, start))
            .map(page -> lines(page, start, end))
            .filter(text -> !text.isEmpty());
    return Multi.createBy()
        .concatenating()
        .streams(Multi.createFrom().item("\uFEFF" + heading.end()), pages);
  }

  /** Where the next page begins. */
  private static final class Cursor {
    private volatile String before;
  }

  private io.smallrye.mutiny.Uni<List<Order>> next(MerchantId merchant, Cursor cursor) {
    return orders
        .list(new Orders.Query(merchant, null, null, null, cursor.before, PAGE))
        .invoke(
            page -> {
              if (!page.isEmpty()) {
                cursor.before = page.get(page.size() - 1).id().value();
              }
            });
  }

  private static boolean goesOn(List<Order> page, Instant start) {
    return page.size() == PAGE && !page.get(PAGE - 1).createdAt().isBefore(start.minus(SLACK));
  }

  private String lines(List<Order> page, Instant start, Instant end) {
    StringBuilder lines = new StringBuilder();
    for (Order order : page) {
      if (!order.createdAt().isBefore(start) && order.createdAt().isBefore(end)) {
        lines.append(line(order));
      }
    }
    return lines.toString();
  }

  private String line(Order order) {
    return new CsvLine()
        .text(order.id().value())
        .text(order.merchantOrderNo())
        .text(order.storeId().value())
        .text(order.status().name())
        .text(order.reason())
        .text(order.fault() == null ? null : order.fault().name())
        .text(time(order.createdAt()))
        .text(time(order.promise().start()))
        .text(time(order.promise().end()))
        .text(time(order.readyAt()))
        .text(time(order.statusAt()))
        .money(order.deliveryFee().fen())
        .money(order.goodsValue().fen())
        .number(order.distanceMetres())
        .text(order.terms().tier().name())
        .text(order.riderId() == null ? null : order.riderId().value())
        .text(order.cancelReason())
        .text(Boolean.toString(order.sandbox()))
        .end();
  }

  private String time(Instant at) {
    return at == null ? null : TIME.format(at.atZone(zone));
  }
}
