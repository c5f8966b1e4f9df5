package org.shanpai.rider.appeal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the steps of an appeal may take, city time. */
@ConfigMapping(prefix = "shanpai.appeal")
public interface AppealSettings {

  /** From the notice of a deduction until the appeal has to be filed. */
  @WithDefault("PT72H")
  Duration fileWithin();

  /** From filing until a person has to decide; after it the appeal is accepted. */
  @WithDefault("PT48H")
  Duration decideWithin();

  /** From a rejection until the rider has to ask for the panel. */
  @WithDefault("PT72H")
  Duration escalateWithin();

  /** From asking for the panel until it has to decide; after it the appeal is accepted. */
  @WithDefault("PT72H")
  Duration panelWithin();

  /** From the last word until pictures sent for the appeal are erased. */
  @WithDefault("P30D")
  Duration keepPictures();

  /** Wall time between two looks for appeals whose time is over. */
  @WithDefault("2s")
  String sweepEvery();
}
