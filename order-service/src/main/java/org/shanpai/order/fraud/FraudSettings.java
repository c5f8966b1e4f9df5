package org.shanpai.order.fraud;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When something is worth a person's look. City time but for what says wall. */
@ConfigMapping(prefix = "shanpai.fraud")
public interface FraudSettings {

  /** How often it is looked for what is due, wall time. */
  @WithDefault("30s")
  Duration lookEvery();

  /** Looks at once; each may ask geo-service once. */
  @WithDefault("20")
  int atOnce();

  /** So far back orders count. Less than personal data is kept, or equals are not known. */
  @WithDefault("P28D")
  Duration window();

  /** A lighter finding is told to nobody: 30 comes by chance once in a thousand. */
  @WithDefault("30")
  int leastWeight();

  /** The same for carried cancels, where one is enough to look at. */
  @WithDefault("10")
  int leastPrivateWeight();

  /** Fewer claims, or orders nobody received, are no pattern. */
  @WithDefault("2")
  int leastClaims();

  /** See {@link #leastClaims()}. */
  @WithDefault("3")
  int leastUnreceived();

  /** A cancelled order's rider is looked at so long after the cancel, over that time. */
  @WithDefault("PT40M")
  Duration privateAfter();

  /** Nearer than this is at the door. */
  @WithDefault("100")
  int doorMetres();

  /** Between the first and last reading at the door. */
  @WithDefault("PT45S")
  Duration doorStay();

  /** The city's rates are counted anew so often, wall time. */
  @WithDefault("PT10M")
  Duration ratesEvery();
}
