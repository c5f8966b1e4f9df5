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

  /** The same for views, which are made without injection. */
  public static String of(OrderId id) {
    return CDI.current().select(TrackingLinks.class).get().linkTo(id);
  }

  /** See {@link TrackingTokens#read}. */
  public Optional<OrderId> read(String token) {
    return tokens.read(token);
  }
}
