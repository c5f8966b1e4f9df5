package org.shanpai.order.tracking;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.shanpai.chassis.ShanpaiConfig;
import org.shanpai.contracts.OrderId;

/** The links merchants pass on to their customers. */
@Singleton
public class TrackingLinks {

  private final TrackingTokens tokens;
  private final String start;

  TrackingLinks(ShanpaiConfig config, TrackingSettings settings) {
    this.tokens = new TrackingTokens(config.keys().dir());
    this.start = settings.publicUrl().toString().replaceAll("/+$", "") + "/t/";
  }

  /** The customer's page of an order, whole. */
  public String linkTo(OrderId id) {
    return start + tokens.tokenOf(id);
  }

  /** Where on this host the customer's page of an order is. */
  public String pathTo(OrderId id) {
    return "/t/" + tokens.tokenOf(id);
  }

  /**
   * The customer's page of what was bought together, for views, which are made without injection.
   *
   * @param lead the order that leads, or null for one that leads or stands alone
   */
  public static String of(OrderId id, OrderId lead) {
    return CDI.current().select(TrackingLinks.class).get().linkTo(lead == null ? id : lead);
  }

  /** See {@link TrackingTokens#read}. */
  public Optional<OrderId> read(String token) {
    return tokens.read(token);
  }
}
