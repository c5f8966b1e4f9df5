package org.shanpai.order.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.event.JobStatus;
import org.shanpai.contracts.event.OrderStatus;

/**
 * The page of statuses says what {@link StatusTable} says. After a deliberate change: {@code mvn
 * -pl order-service test -Dtest=StatusPageTest -Ddocs.write=true}.
 */
class StatusPageTest {

  private static final Path PAGE = Path.of("../docs/statuses.md");

  private static final Map<OrderStatus, String> MEANING = new EnumMap<>(OrderStatus.class);

  static {
    MEANING.put(OrderStatus.CREATED, "待派单 | Handed in; dispatch has not heard of it yet");
    MEANING.put(OrderStatus.DISPATCHING, "派单中 | A rider is looked for");
    MEANING.put(OrderStatus.RIDER_ASSIGNED, "骑手已接单 | A rider has accepted it");
    MEANING.put(OrderStatus.RIDER_AT_STORE, "骑手已到店 | The rider is at the store");
    MEANING.put(OrderStatus.PICKED_UP, "已取货 | The rider has the goods");
    MEANING.put(OrderStatus.RIDER_AT_CUSTOMER, "已到客 | The rider is at the door");
    MEANING.put(OrderStatus.DELIVERED, "已送达 | Handed over");
    MEANING.put(OrderStatus.CANCELLED, "已取消 | Ended before the pickup");
    MEANING.put(OrderStatus.RETURNING, "退回中 | The goods are on the way back");
    MEANING.put(OrderStatus.RETURNED, "已退回 | The goods are back, or were disposed of");
    MEANING.put(OrderStatus.EXCEPTION, "配送异常 | An operator must resolve it");
  }

  @Test
  void pageSaysWhatTheTableSays() throws IOException {
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE).replace("\r\n", "\n"))
        .as("%s; after a deliberate change run with -Ddocs.write=true", PAGE)
        .isEqualTo(page());
  }

  @Test
  void everyStatusIsExplained() {
    assertThat(MEANING.keySet()).containsExactly(OrderStatus.values());
  }

  private static String page() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # Statuses of an order 订单状态

        Written by `StatusPageTest` from `org.shanpai.order.orders.StatusTable`, the one table of legal steps that drives code, docs and tests. Do not edit.

        Every change of status has a reason code and a fault: `MERCHANT`, `RIDER`, `CUSTOMER`, `PLATFORM`, `WEATHER` or `NONE`. Steps in between may never be seen: what may follow is every status that steps can reach. [Exceptions](exceptions.md) says what leads to `CANCELLED`, `RETURNING` and `EXCEPTION`.

        ```mermaid
        stateDiagram-v2
            [*] --> CREATED
        """);
    for (OrderStatus from : OrderStatus.values()) {
      for (OrderStatus to : new TreeSet<>(StatusTable.steps(from))) {
        text.append("    ").append(from).append(" --> ").append(to).append('\n');
      }
      if (from.terminal()) {
        text.append("    ").append(from).append(" --> [*]\n");
      }
    }
    text.append(
        """
        ```

        | Status | 中文 | Meaning | Next | The job is | Goods have left the store |
        |---|---|---|---|---|---|
        """);
    for (OrderStatus status : OrderStatus.values()) {
      String next =
          new TreeSet<>(StatusTable.steps(status))
              .stream().map(Enum::name).collect(Collectors.joining(", "));
      TreeSet<JobStatus> jobs = new TreeSet<>();
      for (JobStatus job : JobStatus.values()) {
        if (StatusTable.of(job) == status) {
          jobs.add(job);
        }
      }
      text.append("| ").append(status);
      text.append(" | ").append(MEANING.get(status));
      text.append(" | ").append(next.isEmpty() ? "–" : next);
      text.append(" | ");
      text.append(
          jobs.isEmpty() ? "–" : jobs.stream().map(Enum::name).collect(Collectors.joining(", ")));
      text.append(" | ").append(StatusTable.pickedUp(status) ? "yes" : "no").append(" |\n");
    }
    return text.toString();
  }
}
