package org.shanpai.dispatch.fatigue;

import java.time.Duration;
import org.shanpai.dispatch.DispatchSettings;

/**
 * The limits of working time. All city time.
 *
 * @param streak longest stretch of work without a rest
 * @param rest the shortest gap that ends a stretch
 * @param confirm work in a day after which the rider has to say that they go on
 * @param confirmLead so long before that they may say it already
 * @param day longest work in a day
 * @param nightRest the long rest that everybody needs
 * @param window in which there has to be one
 */
public record FatigueRules(
    Duration streak,
    Duration rest,
    Duration confirm,
    Duration confirmLead,
    Duration day,
    Duration nightRest,
    Duration window) {

  public static FatigueRules of(DispatchSettings settings) {
    return new FatigueRules(
        Duration.ofSeconds(settings.fatigueStreakSeconds()),
        Duration.ofSeconds(settings.fatigueRestSeconds()),
        Duration.ofSeconds(settings.fatigueConfirmSeconds()),
        Duration.ofSeconds(settings.fatigueConfirmLeadSeconds()),
        Duration.ofSeconds(settings.fatigueDaySeconds()),
        Duration.ofSeconds(settings.fatigueNightRestSeconds()),
        Duration.ofSeconds(settings.fatigueWindowSeconds()));
  }
}
